// The SDK under one of the two Terraform providers. It looks the project and the endpoint up at IAM.
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/chnsz/golangsdk"
	"github.com/chnsz/golangsdk/openstack"
	"github.com/chnsz/golangsdk/openstack/fgs/v2/aliases"
	"github.com/chnsz/golangsdk/openstack/fgs/v2/function"
	"github.com/chnsz/golangsdk/openstack/fgs/v2/versions"
)

var name = os.Getenv("FUNCTION_NAME")

func options() golangsdk.AuthOptionsProvider {
	iam := os.Getenv("FGS_IAM_URL") + "/v3"
	switch strings.TrimPrefix(os.Getenv("CREDENTIALS"), "wrong ") {
	case "key":
		return golangsdk.AKSKAuthOptions{
			IdentityEndpoint: iam,
			ProjectName:      os.Getenv("FGS_PROJECT_NAME"),
			Region:           os.Getenv("FGS_REGION"),
			AccessKey:        os.Getenv("FGS_AK"),
			SecretKey:        os.Getenv("FGS_SK"),
		}
	case "token":
		return golangsdk.AuthOptions{IdentityEndpoint: iam, TokenID: os.Getenv("FGS_TOKEN")}
	default:
		return golangsdk.AuthOptions{
			IdentityEndpoint: iam,
			Username:         os.Getenv("FGS_USERNAME"),
			Password:         os.Getenv("FGS_PASSWORD"),
			DomainName:       os.Getenv("FGS_DOMAIN"),
			TenantName:       os.Getenv("FGS_PROJECT_NAME"),
		}
	}
}

func main() {
	provider := must(openstack.NewClient(os.Getenv("FGS_IAM_URL") + "/v3"))
	err := openstack.Authenticate(provider, options())
	if strings.HasPrefix(os.Getenv("CREDENTIALS"), "wrong") {
		refusal("create", err)
		return
	}
	check(err)
	client := must(openstack.NewFGSV2(provider, golangsdk.EndpointOpts{Region: os.Getenv("FGS_REGION")}))

	created := must(function.Create(client, function.CreateOpts{
		FuncName:   name,
		Package:    "default",
		Runtime:    "Python3.9",
		Timeout:    30,
		Handler:    "index.handler",
		MemorySize: 128,
		CodeType:   "inline",
		FuncCode:   &function.FunctionCodeOpts{File: code()},
	}).Extract())
	urn := strings.TrimSuffix(created.FuncUrn, ":latest")
	say("create", created.FuncName)

	configured := must(function.UpdateMetadata(client, urn, function.UpdateMetadataOpts{
		Runtime:    "Python3.9",
		Timeout:    60,
		Handler:    "index.handler",
		MemorySize: 256,
	}).Extract())
	say("configure", configured.Timeout)

	publication := versions.CreateOpts{FunctionUrn: urn, Version: "v1", Description: "first"}
	published := must(versions.Create(client, publication))
	say("publish", []any{published.Version, publication.Description, published.MemorySize})
	_, err = versions.Create(client, versions.CreateOpts{FunctionUrn: urn, Version: "v2"})
	refusal("publish unchanged", err)

	var listed []string
	for _, version := range must(versions.List(client, versions.ListOpts{FunctionUrn: urn})) {
		listed = append(listed, version.Version)
	}
	say("list", listed)

	alias := must(aliases.Create(client, aliases.CreateOpts{FunctionUrn: urn, Name: "stable", Version: "v1"}))
	say("create alias", alias.Version)
	say("read alias", must(aliases.Get(client, urn, "stable")).Version)
	check(aliases.Delete(client, urn, "stable"))
	say("delete alias", "done")

	check(function.Delete(client, urn).Err)
	say("delete", "done")
	_, err = function.GetMetadata(client, urn).Extract()
	refusal("read deleted", err)
}

func code() string {
	return base64.StdEncoding.EncodeToString([]byte("def handler(event, context): pass"))
}

/* An error of this SDK is one of many types around this one. */
func refusal(call string, err error) {
	var body struct {
		Code  string `json:"error_code"`
		Error struct {
			Title string `json:"title"`
		} `json:"error"`
	}
	var e400 golangsdk.ErrDefault400
	var e401 golangsdk.ErrDefault401
	var e404 golangsdk.ErrDefault404
	var status golangsdk.ErrUnexpectedResponseCode
	switch {
	case errors.As(err, &e400):
		status = e400.ErrUnexpectedResponseCode
	case errors.As(err, &e401):
		status = e401.ErrUnexpectedResponseCode
	case errors.As(err, &e404):
		status = e404.ErrUnexpectedResponseCode
	default:
		say(call, fmt.Sprint(err))
		return
	}
	check(json.Unmarshal(status.Body, &body))
	say(call, fmt.Sprintf("%d %s%s", status.Actual, body.Code, body.Error.Title))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func must[T any](answer T, err error) T {
	check(err)
	return answer
}

func say(call string, said any) {
	line := must(json.Marshal(map[string]any{"call": call, "said": said}))
	fmt.Println(string(line))
}
