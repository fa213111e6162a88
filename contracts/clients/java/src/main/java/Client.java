import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.functiongraph.v2.FunctionGraphClient;
import com.huaweicloud.sdk.functiongraph.v2.model.*;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The cloud's SDK for Java. */
public class Client {
  private static final String NAME = env("FUNCTION_NAME");

  private static final FunctionGraphClient CLIENT =
      FunctionGraphClient.newBuilder()
          .withCredential(
              new BasicCredentials()
                  .withAk(env("FGS_AK"))
                  .withSk(env("FGS_SK"))
                  .withProjectId(env("FGS_PROJECT_ID")))
          .withEndpoint(env("FGS_ENDPOINT"))
          .build();

  public static void main(String[] arguments) {
    if (env("CREDENTIALS").startsWith("wrong")) {
      refusal("create", Client::create);
      return;
    }
    CreateFunctionResponse created = create();
    String urn = created.getFuncUrn().replaceAll(":latest$", "");
    say("create", quoted(created.getFuncName()));

    UpdateFunctionConfigRequestBody configuration =
        new UpdateFunctionConfigRequestBody()
            .withFuncName(NAME)
            .withRuntime(UpdateFunctionConfigRequestBody.RuntimeEnum.PYTHON3_9)
            .withTimeout(60)
            .withHandler("index.handler")
            .withMemorySize(256);
    say(
        "configure",
        CLIENT
            .updateFunctionConfig(
                new UpdateFunctionConfigRequest().withFunctionUrn(urn).withBody(configuration))
            .getTimeout());

    CreateFunctionVersionResponse published = publish(urn, "v1");
    say(
        "publish",
        List.of(
            quoted(published.getVersion()),
            quoted(published.getVersionDescription()),
            published.getMemorySize()));
    refusal("publish unchanged", () -> publish(urn, "v2"));

    say(
        "list",
        CLIENT
            .listFunctionVersions(new ListFunctionVersionsRequest().withFunctionUrn(urn))
            .getVersions()
            .stream()
            .map(version -> quoted(version.getVersion()))
            .collect(Collectors.toList()));

    CreateVersionAliasRequestBody alias =
        new CreateVersionAliasRequestBody().withName("stable").withVersion("v1");
    say(
        "create alias",
        quoted(
            CLIENT
                .createVersionAlias(
                    new CreateVersionAliasRequest().withFunctionUrn(urn).withBody(alias))
                .getVersion()));
    say(
        "read alias",
        quoted(
            CLIENT
                .showVersionAlias(
                    new ShowVersionAliasRequest().withFunctionUrn(urn).withAliasName("stable"))
                .getVersion()));
    CLIENT.deleteVersionAlias(
        new DeleteVersionAliasRequest().withFunctionUrn(urn).withAliasName("stable"));
    say("delete alias", quoted("done"));

    CLIENT.deleteFunction(new DeleteFunctionRequest().withFunctionUrn(urn));
    say("delete", quoted("done"));
    refusal(
        "read deleted",
        () -> CLIENT.showFunctionConfig(new ShowFunctionConfigRequest().withFunctionUrn(urn)));
  }

  private static CreateFunctionResponse create() {
    byte[] code = "def handler(event, context): pass".getBytes(StandardCharsets.UTF_8);
    CreateFunctionRequestBody body =
        new CreateFunctionRequestBody()
            .withFuncName(NAME)
            .withPackage("default")
            .withRuntime(CreateFunctionRequestBody.RuntimeEnum.PYTHON3_9)
            .withTimeout(30)
            .withHandler("index.handler")
            .withMemorySize(128)
            .withCodeType(CreateFunctionRequestBody.CodeTypeEnum.INLINE)
            .withFuncCode(new FuncCode().withFile(Base64.getEncoder().encodeToString(code)));
    return CLIENT.createFunction(new CreateFunctionRequest().withBody(body));
  }

  private static CreateFunctionVersionResponse publish(String urn, String version) {
    CreateFunctionVersionRequestBody body =
        new CreateFunctionVersionRequestBody().withVersion(version).withDescription("first");
    return CLIENT.createFunctionVersion(
        new CreateFunctionVersionRequest().withFunctionUrn(urn).withBody(body));
  }

  private static void refusal(String call, Runnable request) {
    try {
      request.run();
      say(call, quoted("accepted"));
    } catch (ServiceResponseException error) {
      say(call, quoted(error.getHttpStatusCode() + " " + error.getErrorCode()));
    }
  }

  private static void say(String call, Object said) {
    System.out.printf("{\"call\": %s, \"said\": %s}%n", quoted(call), said);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String env(String name) {
    return System.getenv(name);
  }
}
