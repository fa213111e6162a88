"""The OpenStack client with the extensions of python-otcextensions. It logs in, and looks the endpoint up."""

import base64
import json
import os
import re

import openstack
from openstack.exceptions import HttpException, SDKException
from otcextensions import sdk

ENV = os.environ
NAME = ENV["FUNCTION_NAME"]


def say(call, said):
    print(json.dumps({"call": call, "said": said}))


def refusal(call, request):
    try:
        request()
        say(call, "accepted")
    except HttpException as error:
        say(call, f"{error.status_code} {error.response.json()['error_code']}")
    except SDKException as error:
        # A refused login has no status but in its words.
        say(call, re.sub(r"(.*) \(HTTP (\d+)\).*", r"\2 \1", str(error)))


def connected():
    connection = openstack.connect(
        load_yaml_config=False,
        load_envvars=False,
        auth_url=f"{ENV['FGS_IAM_URL']}/v3",
        username=ENV["FGS_USERNAME"],
        password=ENV["FGS_PASSWORD"],
        user_domain_name=ENV["FGS_DOMAIN"],
        project_name=ENV["FGS_PROJECT_NAME"],
        project_domain_name=ENV["FGS_DOMAIN"],
        region_name=ENV["FGS_REGION"],
    )
    sdk.load(connection)
    return connection.function_graph


if ENV["CREDENTIALS"].startswith("wrong"):
    refusal("create", connected)
    raise SystemExit

client = connected()
function = client.create_function(
    func_name=NAME,
    package="default",
    runtime="Python3.9",
    timeout=30,
    handler="index.handler",
    memory_size=128,
    code_type="inline",
    func_code={"file": base64.b64encode(b"def handler(event, context): pass").decode()},
)
say("create", function.func_name)

configured = client.update_function_metadata(
    function, runtime="Python3.9", timeout=60, handler="index.handler", memory_size=256
)
say("configure", configured.timeout)

published = client.publish_version(function, version="v1", description="first")
say("publish", [published.version, published.version_description, published.memory_size])
refusal("publish unchanged", lambda: client.publish_version(function, version="v2"))

say("list", [each.version for each in client.versions(function.func_urn)])

# Here the SDK knows a function by what it was asked for alone.
alias = client.create_alias(function.func_urn, name="stable", version="v1")
say("create alias", alias.version)
say("read alias", next(each.version for each in client.aliases(function.func_urn)))
client.delete_alias(function, alias, ignore_missing=False)
say("delete alias", "done")

client.delete_function(function)
say("delete", "done")
refusal("read deleted", lambda: client.get_function_metadata(function))
