// The cloud's SDK for Go.
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	functiongraph "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/functiongraph/v2"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/functiongraph/v2/model"
)

var (
	name   = os.Getenv("FUNCTION_NAME")
	client = connected()
)

func connected() *functiongraph.FunctionGraphClient {
	credentials := basic.NewCredentialsBuilder().
		WithAk(os.Getenv("FGS_AK")).
		WithSk(os.Getenv("FGS_SK")).
		WithProjectId(os.Getenv("FGS_PROJECT_ID")).
		Build()
	http := functiongraph.FunctionGraphClientBuilder().
		WithEndpoints([]string{os.Getenv("FGS_ENDPOINT")}).
		WithCredential(credentials).
		Build()
	return functiongraph.NewFunctionGraphClient(http)
}

func main() {
	if strings.HasPrefix(os.Getenv("CREDENTIALS"), "wrong") {
		_, err := create()
		refusal("create", err)
		return
	}
	created := must(create())
	urn := strings.TrimSuffix(*created.FuncUrn, ":latest")
	say("create", created.FuncName)

	configured := must(client.UpdateFunctionConfig(&model.UpdateFunctionConfigRequest{
		FunctionUrn: urn,
		Body: &model.UpdateFunctionConfigRequestBody{
			FuncName:   name,
			Runtime:    model.GetUpdateFunctionConfigRequestBodyRuntimeEnum().PYTHON3_9,
			Timeout:    60,
			Handler:    "index.handler",
			MemorySize: 256,
		},
	}))
	say("configure", configured.Timeout)

	published := must(publish(urn, "v1"))
	say("publish", []any{published.Version, published.VersionDescription, published.MemorySize})
	_, err := publish(urn, "v2")
	refusal("publish unchanged", err)

	list := must(client.ListFunctionVersions(&model.ListFunctionVersionsRequest{FunctionUrn: urn}))
	var versions []string
	for _, version := range *list.Versions {
		versions = append(versions, version.Version)
	}
	say("list", versions)

	alias := must(client.CreateVersionAlias(&model.CreateVersionAliasRequest{
		FunctionUrn: urn,
		Body:        &model.CreateVersionAliasRequestBody{Name: "stable", Version: "v1"},
	}))
	say("create alias", alias.Version)
	read := must(client.ShowVersionAlias(&model.ShowVersionAliasRequest{FunctionUrn: urn, AliasName: "stable"}))
	say("read alias", read.Version)
	must(client.DeleteVersionAlias(&model.DeleteVersionAliasRequest{FunctionUrn: urn, AliasName: "stable"}))
	say("delete alias", "done")

	must(client.DeleteFunction(&model.DeleteFunctionRequest{FunctionUrn: urn}))
	say("delete", "done")
	_, err = client.ShowFunctionConfig(&model.ShowFunctionConfigRequest{FunctionUrn: urn})
	refusal("read deleted", err)
}

func create() (*model.CreateFunctionResponse, error) {
	code := base64.StdEncoding.EncodeToString([]byte("def handler(event, context): pass"))
	inline := model.GetCreateFunctionRequestBodyCodeTypeEnum().INLINE
	return client.CreateFunction(&model.CreateFunctionRequest{Body: &model.CreateFunctionRequestBody{
		FuncName:   name,
		Package:    "default",
		Runtime:    model.GetCreateFunctionRequestBodyRuntimeEnum().PYTHON3_9,
		Timeout:    30,
		Handler:    "index.handler",
		MemorySize: 128,
		CodeType:   &inline,
		FuncCode:   &model.FuncCode{File: &code},
	}})
}

func publish(urn, version string) (*model.CreateFunctionVersionResponse, error) {
	description := "first"
	return client.CreateFunctionVersion(&model.CreateFunctionVersionRequest{
		FunctionUrn: urn,
		Body:        &model.CreateFunctionVersionRequestBody{Version: &version, Description: &description},
	})
}

func refusal(call string, err error) {
	var refused *sdkerr.ServiceResponseError
	if errors.As(err, &refused) {
		say(call, fmt.Sprintf("%d %s", refused.StatusCode, refused.ErrorCode))
		return
	}
	say(call, fmt.Sprint(err))
}

func must[T any](answer T, err error) T {
	if err != nil {
		panic(err)
	}
	return answer
}

func say(call string, said any) {
	line := must(json.Marshal(map[string]any{"call": call, "said": said}))
	fmt.Println(string(line))
}
