package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunMount.Sharing;
import dev.stagewright.protocol.RunOptions.Network;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPlanningTest {
  private final TestPlanner planner =
      TestPlanner.with("alpine")
          .withAllowedSecrets(
              new AllowedSecrets(Set.of("token"), Set.of("default", "deploy"), false));

  @Test
  void bindsContextReadOnlyByDefault() {
    assertThat(mounts("WORKDIR /src\nRUN --mount=target=in true"))
        .containsExactly(new RunMount.Bind(new CopyFrom.Context(), "/", "/src/in", true));
    assertThat(planner.plan("FROM scratch\nRUN --mount=target=/in true").stage("s0"))
        .returns(true, StagePlan::usesContext);
  }

  @Test
  void bindsFilesOfStage() {
    var plan =
        planner.plan(
            """
            FROM alpine AS tools
            FROM scratch
            RUN --mount=from=tools,source=../usr/bin/,target=/tools,rw true
            """);

    assertThat(plan.stage("s1").mounts())
        .containsExactly(new RunMount.Bind(new CopyFrom.Stage("s0"), "/usr/bin", "/tools", false));
    assertThat(plan.stage("s0").exports()).containsExactly("/usr/bin");
    assertThat(plan.stage("s1").needs()).containsExactly("s0");
  }

  @Test
  void createsStageForMountedImage() {
    var plan =
        planner.plan(
            """
            FROM scratch
            RUN --mount=from=alpine,target=/alpine true
            COPY --from=alpine /etc/passwd /
            """);

    assertThat(plan.stages()).extracting(StagePlan::id).containsExactly("i0", "s0");
    assertThat(plan.stage("i0").exports()).containsExactly("/", "/etc/passwd");
    assertThat(plan.stage("i0").position().line()).isEqualTo(2);
  }

  @Test
  void namesProxiesThatNoArgDeclares() {
    var plan =
        planner
            .withArg("HTTP_PROXY", "http://proxy:3128")
            .plan("FROM alpine\nARG http_proxy\nRUN true");

    assertThat(plan.stage("s0").steps())
        .singleElement()
        .satisfies(step ->
            assertThat(((Step.Run) step).surroundings().proxies()).containsExactly("HTTP_PROXY"));
  }

  @Test
  void mountsTmpfsForScratch() {
    assertThat(mounts("RUN --mount=from=scratch,target=/empty true"))
        .containsExactly(new RunMount.Tmpfs("/empty", Optional.empty()));
  }

  @Test
  void usesTargetAsCacheId() {
    assertThat(mounts("RUN --mount=type=cache,target=/var//cache/./apk/ true"))
        .containsExactly(
            new RunMount.Cache(
                "/var/cache/apk",
                Optional.empty(),
                "/",
                "/var/cache/apk",
                false,
                Sharing.SHARED,
                Optional.empty()));
  }

  @Test
  void seedsCacheFromStage() {
    var plan =
        planner
            .withArg("BUILDKIT_CACHE_MOUNT_NS", "team")
            .plan(
                """
                FROM alpine AS seed
                FROM scratch
                RUN --mount=type=cache,id=go,target=/go,from=seed,source=/root/go,sharing=locked,mode=0700,uid=5,gid=6,ro true
                """);

    assertThat(plan.stage("s1").mounts())
        .containsExactly(
            new RunMount.Cache(
                "team/go",
                Optional.of(new CopyFrom.Stage("s0")),
                "/root/go",
                "/go",
                true,
                Sharing.LOCKED,
                Optional.empty()));
    assertThat(plan.stage("s0").exports()).containsExactly("/root/go");
  }

  @Test
  void setsAttributesOfCache() {
    assertThat(mounts("RUN --mount=type=cache,target=/c,mode=1770,gid=6 true"))
        .containsExactly(
            new RunMount.Cache(
                "/c",
                Optional.empty(),
                "/",
                "/c",
                false,
                Sharing.SHARED,
                Optional.of(new RunMount.CacheAttributes(0770, 0, 6))));
  }

  @Test
  void limitsTmpfsSize() {
    assertThat(mounts("RUN --mount=type=tmpfs,target=/t,size=1m true"))
        .containsExactly(new RunMount.Tmpfs("/t", Optional.of(1048576L)));
  }

  @Test
  void mountsSecretAsFileOrVariable() {
    assertThat(
            mounts(
                "RUN --mount=type=secret,id=token --mount=type=secret,id=token,env=T,required"
                    + " --mount=type=secret,id=token,dst=/x,mode=0440,uid=1,gid=2 true"))
        .containsExactly(
            new RunMount.Secret(
                "token", Optional.of("/run/secrets/token"), Optional.empty(), false, 0400, 0, 0),
            new RunMount.Secret("token", Optional.empty(), Optional.of("T"), true, 0400, 0, 0),
            new RunMount.Secret("token", Optional.of("/x"), Optional.empty(), false, 0440, 1, 2));
  }

  @Test
  void numbersSocketsOfAgents() {
    var run =
        run(
            "RUN --mount=type=ssh,id=absent --mount=type=ssh,id=deploy,mode=0666"
                + " --mount=type=ssh,target=/s true");

    assertThat(run.surroundings().mounts())
        .containsExactly(
            new RunMount.Ssh("deploy", "/run/buildkit/ssh_agent.1", false, 0666, 0, 0),
            new RunMount.Ssh("default", "/s", false, 0600, 0, 0));
    assertThat(run.environment()).containsEntry("SSH_AUTH_SOCK", "/run/buildkit/ssh_agent.0");
  }

  @Test
  void setsEmptyVariableForMissingSecret() {
    assertThat(run("ENV T=t\nRUN --mount=type=secret,id=absent,env=T true").environment())
        .containsEntry("T", "");
  }

  @Test
  void skipsMissingOptionalMounts() {
    assertThat(mounts("RUN --mount=type=secret,id=x --mount=type=ssh,id=y true")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"type=secret,id=npm,required", "type=ssh,id=npm,required=true"})
  void failsForMissingRequiredMounts(String mount) {
    var type = mount.substring("type=".length(), mount.indexOf(','));
    var instruction = "RUN --mount=" + mount + " true";
    var failure = planner.failureOf("FROM scratch AS web\n" + instruction);

    assertThat(failure.reason()).isEqualTo(FailureReason.SecretNotFound);
    assertThat(failure.message())
        .isEqualTo(
            "RUN --mount=type=%s,id=npm is required, but spec.%s has no entry with the id npm"
                .formatted(type, type.equals("ssh") ? "ssh" : "secrets"));
    assertThat(failure.stage()).contains("web");
    assertThat(failure.position()).contains(new InstructionPosition("Dockerfile", 2, instruction));
  }

  @Test
  void disablesNetwork() {
    assertThat(run("RUN --network=none true").surroundings().network()).isEqualTo(Network.NONE);
    assertThat(run("RUN --network=default true").surroundings().network())
        .isEqualTo(Network.DEFAULT);
  }

  @Test
  void rejectsHostNetwork() {
    var failure = planner.failureOf("FROM scratch\nRUN --network=host true");

    assertThat(failure.reason()).isEqualTo(FailureReason.Unsupported);
    assertThat(failure.message()).startsWith("RUN --network=host");
  }

  @Test
  void allowsInsecureRunOnlyIfOperatorAllows() {
    var dockerfile = "FROM scratch\nRUN --security=insecure true";
    var allowing = planner.withAllowedSecrets(new AllowedSecrets(Set.of(), Set.of(), true));

    assertThat(planner.failureOf(dockerfile).message()).contains("allowInsecureRun");
    assertThat(allowing.plan(dockerfile).stage("s0").needsPrivileges()).isTrue();
  }

  @Test
  void survivesSerialization() {
    var plan =
        planner.plan(
            "FROM scratch\nRUN --mount=target=/a --mount=type=cache,target=/b"
                + " --mount=type=secret,id=token --mount=type=ssh --network=none true");

    assertThat(Json.read(Json.write(plan), BuildPlan.class)).isEqualTo(plan);
  }

  private List<RunMount> mounts(String instructions) {
    return planner.plan("FROM scratch\n" + instructions).stage("s0").mounts();
  }

  private Step.Run run(String instruction) {
    return (Step.Run) planner.plan("FROM scratch\n" + instruction).stage("s0").steps().getLast();
  }
}
