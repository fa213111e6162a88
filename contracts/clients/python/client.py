"""The cloud's SDK for Python. With the credentials "project", it asks IAM which project the region has."""

import base64
import json
import os

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkcore.region.region import Region
from huaweicloudsdkfunctiongraph.v2 import (
    CreateFunctionRequest,
    CreateFunctionRequestBody,
    CreateFunctionVersionRequest,
    CreateFunctionVersionRequestBody,
    CreateVersionAliasRequest,
    CreateVersionAliasRequestBody,
    DeleteFunctionRequest,
    DeleteVersionAliasRequest,
    FuncCode,
    FunctionGraphClient,
    ListFunctionVersionsRequest,
    ShowFunctionConfigRequest,
    ShowVersionAliasRequest,
    UpdateFunctionConfigRequest,
    UpdateFunctionConfigRequestBody,
)

ENV = os.environ
NAME = ENV["FUNCTION_NAME"]


def say(call, said):
    print(json.dumps({"call": call, "said": said}))


def refusal(call, request):
    try:
        request()
        say(call, "accepted")
    except ServiceResponseException as error:
        say(call, f"{error.status_code} {error.error_code}")


credentials = BasicCredentials(ENV["FGS_AK"], ENV["FGS_SK"])
builder = FunctionGraphClient.new_builder()
if ENV["CREDENTIALS"] == "project":
    credentials.with_iam_endpoint(ENV["FGS_IAM_URL"])
    builder.with_region(Region(ENV["FGS_REGION"], ENV["FGS_ENDPOINT"]))
else:
    credentials.with_project_id(ENV["FGS_PROJECT_ID"])
    builder.with_endpoint(ENV["FGS_ENDPOINT"])
client = builder.with_credentials(credentials).build()

code = base64.b64encode(b"def handler(event, context): pass").decode()


def create():
    body = CreateFunctionRequestBody(
        func_name=NAME,
        package="default",
        runtime="Python3.9",
        timeout=30,
        handler="index.handler",
        memory_size=128,
        code_type="inline",
        func_code=FuncCode(file=code),
    )
    return client.create_function(CreateFunctionRequest(body=body))


if ENV["CREDENTIALS"].startswith("wrong"):
    refusal("create", create)
    raise SystemExit

created = create()
urn = created.func_urn.removesuffix(":latest")
say("create", created.func_name)

configuration = UpdateFunctionConfigRequestBody(
    func_name=NAME,
    runtime="Python3.9",
    timeout=60,
    handler="index.handler",
    memory_size=256,
)
configured = client.update_function_config(UpdateFunctionConfigRequest(function_urn=urn, body=configuration))
say("configure", configured.timeout)


def publish(version):
    body = CreateFunctionVersionRequestBody(version=version, description="first")
    return client.create_function_version(CreateFunctionVersionRequest(function_urn=urn, body=body))


published = publish("v1")
say("publish", [published.version, published.version_description, published.memory_size])
refusal("publish unchanged", lambda: publish("v2"))

versions = client.list_function_versions(ListFunctionVersionsRequest(function_urn=urn)).versions
say("list", [each.version for each in versions])

alias = CreateVersionAliasRequestBody(name="stable", version="v1")
named = client.create_version_alias(CreateVersionAliasRequest(function_urn=urn, body=alias))
say("create alias", named.version)
read = client.show_version_alias(ShowVersionAliasRequest(function_urn=urn, alias_name="stable"))
say("read alias", read.version)
client.delete_version_alias(DeleteVersionAliasRequest(function_urn=urn, alias_name="stable"))
say("delete alias", "done")

client.delete_function(DeleteFunctionRequest(function_urn=urn))
say("delete", "done")
refusal("read deleted", lambda: client.show_function_config(ShowFunctionConfigRequest(function_urn=urn)))
