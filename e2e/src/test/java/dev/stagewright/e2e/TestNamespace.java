package dev.stagewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A namespace for one test, deleted after the test. */
public final class TestNamespace implements AutoCloseable {
  private static final Duration QUICK = Duration.ofMinutes(2);

  private final Environment environment;
  private final String name;

  private TestNamespace(Environment environment, String name) {
    this.environment = environment;
    this.name = name;
  }

  public static TestNamespace create(Environment environment) {
    var name = "e2e-" + Environment.randomId();
    environment
        .client()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return new TestNamespace(environment, name);
  }

  public String name() {
    return name;
  }

  public Environment environment() {
    return environment;
  }

  public KubernetesClient client() {
    return environment.client();
  }

  /** The reference of an image of this test. */
  String image(String imageName) {
    return environment.registry() + "/e2e/" + name + "/" + imageName + ":1";
  }

  /**
   * Applies an ImageBuild that pushes to {@link #image} with its name, unless the spec has an
   * output.
   */
  Build build(String buildName, String spec) {
    return build(environment.operator(), buildName, spec);
  }

  /** Applies an ImageBuild for one of the operators. */
  Build build(Installation operator, String buildName, String spec) {
    return build(operator, buildName, "", spec);
  }

  /** Applies an ImageBuild with a label. */
  Build buildWithLabel(String label, String value, String buildName, String spec) {
    return build(environment.operator(), buildName, ", %s: %s".formatted(label, value), spec);
  }

  private Build build(Installation operator, String buildName, String labels, String spec) {
    var resource =
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata:
          name: %s
          namespace: %s
          labels: {stagewright.dev/operator: %s%s}
        spec:
        %s
        """
            .formatted(
                buildName,
                name,
                operator.operatorName(),
                labels,
                indent(withOutput(buildName, spec), 2));
    client().resource(resource).fieldManager("e2e").forceConflicts().serverSideApply();
    return new Build(this, buildName);
  }

  private String withOutput(String buildName, String spec) {
    return spec.contains("output:")
        ? spec
        : spec.stripTrailing() + "\noutput: {image: '" + image(buildName) + "'}";
  }

  /** A latch of this test at which RUN instructions wait. */
  Latches.Latch latch(String latchName) {
    return environment.latches().latch(name + "/" + latchName);
  }

  /** Applies an ImageBuild with an inline Dockerfile and files. */
  Build inline(String buildName, String dockerfile, Map<String, String> files) {
    return build(buildName, Specs.inline(dockerfile, files));
  }

  /** Applies YAML unchanged. */
  void apply(String yaml) {
    client()
        .load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
        .inNamespace(name)
        .serverSideApply();
  }

  /** Gives an operator more rights in this namespace: a Role with the rules, in YAML. */
  void grant(Installation operator, String role, String rules) {
    apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: %s}
        rules:
        %s
        """
            .formatted(role, rules.strip()));
    apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: %1$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}
        subjects:
        - {kind: ServiceAccount, name: "stagewright-%2$s", namespace: "%2$s"}
        """
            .formatted(role, operator.namespace()));
  }

  /** The Pod that the API server would create, from a dry run. */
  Pod dryRunCreate(Pod pod) {
    return client().resource(pod).inNamespace(name).dryRun(true).create();
  }

  List<Pod> pods() {
    return client().pods().inNamespace(name).list().getItems();
  }

  /** The UID of each Pod, by name. */
  Map<String, String> podUids() {
    return pods().stream()
        .collect(
            Collectors.toMap(
                (Pod pod) -> pod.getMetadata().getName(), pod -> pod.getMetadata().getUid()));
  }

  /** The Pods of stages. */
  List<Pod> stagePods() {
    return pods().stream()
        .filter(pod -> pod.getMetadata().getLabels().containsKey("stagewright.dev/stage"))
        .toList();
  }

  /** The logs of all containers of a Pod; empty if there is no Pod. */
  String log(String podName) {
    var pod = client().pods().inNamespace(name).withName(podName);
    return Stream.ofNullable(pod.get())
        .flatMap(it -> it.getSpec().getContainers().stream())
        .map(container -> pod.inContainer(container.getName()).getLog())
        .collect(Collectors.joining());
  }

  /** The log of a container. */
  String log(String podName, String container) {
    return client().pods().inNamespace(name).withName(podName).inContainer(container).getLog();
  }

  /** Runs a Pod until it ends; returns its exit code and log. */
  PodRun run(String podName, String image, String... command) {
    return runToEnd(pod(podName, image, List.of(command)));
  }

  /** Runs a Pod until its container has ended or cannot be created, and deletes it. */
  public PodOutcome outcome(String podName, String image) {
    return outcome(pod(podName, image, List.of()));
  }

  /** The same with a Pod that drops all capabilities, as Pod Security "restricted" requires. */
  PodOutcome outcomeWithoutCapabilities(String podName, String image) {
    return outcome(
        new PodBuilder(pod(podName, image, List.of()))
            .editSpec()
            .editFirstContainer()
            .withNewSecurityContext()
            .withNewCapabilities()
            .addToDrop("ALL")
            .endCapabilities()
            .endSecurityContext()
            .endContainer()
            .endSpec()
            .build());
  }

  private PodOutcome outcome(Pod created) {
    client().resource(created).inNamespace(name).create();
    var pod = client().pods().inNamespace(name).withName(created.getMetadata().getName());
    var settled = pod.waitUntilCondition(PodOutcome::isSettled, QUICK.toSeconds(), SECONDS);
    var outcome = PodOutcome.of(settled, pod::getLog);
    pod.withGracePeriod(0).delete();
    return outcome;
  }

  private PodRun runToEnd(Pod started) {
    client().resource(started).inNamespace(name).create();
    var pod = client().pods().inNamespace(name).withName(started.getMetadata().getName());
    var ended = pod.waitUntilCondition(TestNamespace::hasEnded, QUICK.toSeconds(), SECONDS);
    var state = ended.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
    return new PodRun(state.getExitCode(), pod.getLog());
  }

  /** Runs a shell script in a Pod with the volume of a claim. */
  PodRun runOn(String claim, String path, String script) {
    var image = environment.registry() + "/library/busybox";
    var pod =
        new PodBuilder(pod("on-" + claim, image, List.of("sh", "-ec", script)))
            .editSpec()
            .addNewVolume()
            .withName("volume")
            .withNewPersistentVolumeClaim()
            .withClaimName(claim)
            .endPersistentVolumeClaim()
            .endVolume()
            .editFirstContainer()
            .addNewVolumeMount()
            .withName("volume")
            .withMountPath(path)
            .endVolumeMount()
            .endContainer()
            .endSpec()
            .build();
    return runToEnd(pod);
  }

  /** Starts a Pod on a node, whatever its taints are, without waiting for it. */
  void runOnNode(String podName, String node, String... command) {
    var pod =
        new PodBuilder(pod(podName, environment.registry() + "/library/busybox", List.of(command)))
            .editSpec()
            .addToNodeSelector("kubernetes.io/hostname", node)
            .addNewToleration()
            .withOperator("Exists")
            .endToleration()
            .endSpec()
            .build();
    client().resource(pod).inNamespace(name).create();
  }

  /** Deletes Pods without a grace period. */
  void delete(List<Pod> pods) {
    pods.forEach(pod -> client().resource(pod).inNamespace(name).withGracePeriod(0).delete());
  }

  /** Evicts Pods, as in a drain of their node. */
  void evict(List<Pod> pods) {
    for (var pod : pods) {
      var podName = pod.getMetadata().getName();
      if (!client().pods().inNamespace(name).withName(podName).evict()) {
        throw new AssertionError("not evicted: " + podName);
      }
    }
  }

  /** The Pods of a task of a build, the earliest first. */
  List<Pod> podsOf(Build build, String task) {
    return pods().stream()
        .filter(pod -> isOwnedBy(pod, build.name()))
        .filter(pod -> task.equals(pod.getMetadata().getLabels().get("stagewright.dev/part")))
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
        .toList();
  }

  private static boolean isOwnedBy(Pod pod, String owner) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(reference -> reference.getName().equals(owner));
  }

  /** Limits the number of Pods in the namespace that have not ended. */
  void allowPods(int count) {
    apply(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: pods}
        spec: {hard: {pods: "%d"}}
        """
            .formatted(count));
    // The admission plugin uses the last status that the quota controller has written.
    var quota = client().resourceQuotas().inNamespace(name).withName("pods");
    Awaitility.await()
        .atMost(QUICK)
        .until(() -> isInForce(quota.get().getStatus(), Integer.toString(count)));
  }

  private static boolean isInForce(@Nullable ResourceQuotaStatus status, String count) {
    return status != null
        && status.getHard() != null
        && new Quantity(count).equals(status.getHard().get("pods"));
  }

  /** Enforces a level of Pod Security in the namespace. */
  void enforce(String level) {
    client()
        .namespaces()
        .withName(name)
        .edit(namespace ->
            new NamespaceBuilder(namespace)
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", level)
                .endMetadata()
                .build());
  }

  /** Starts a Pod with a server and waits until it runs. */
  void start(String podName, String image) {
    client().resource(pod(podName, image, List.of())).inNamespace(name).create();
    client()
        .pods()
        .inNamespace(name)
        .withName(podName)
        .waitUntilCondition(
            pod -> pod != null && "Running".equals(pod.getStatus().getPhase()),
            QUICK.toSeconds(),
            SECONDS);
  }

  /** The response of a Pod to a GET request through the API server. */
  String httpGet(String podName, int port, String path) {
    var url = "/api/v1/namespaces/%s/pods/%s:%d/proxy%s".formatted(name, podName, port, path);
    return Awaitility.await()
        .atMost(QUICK)
        .ignoreExceptions()
        .until(() -> client().raw(url), Objects::nonNull);
  }

  private static Pod pod(String podName, String image, List<String> command) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(podName)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(0L)
        .withAutomountServiceAccountToken(false)
        .addNewContainer()
        .withName("main")
        .withImage(image)
        .withCommand(command)
        .endContainer()
        .endSpec()
        .build();
  }

  /** The result of a Pod. */
  record PodRun(int exitCode, String log) {}

  private static boolean hasEnded(@Nullable Pod pod) {
    return pod != null
        && pod.getStatus().getContainerStatuses().stream()
            .anyMatch(status -> status.getState().getTerminated() != null);
  }

  /** Waits until the Pods of the namespace meet a condition. */
  void awaitPods(Predicate<List<Pod>> condition) {
    Awaitility.await().atMost(QUICK).until(() -> condition.test(pods()));
  }

  GenericKubernetesResource get(String buildName) {
    return client()
        .genericKubernetesResources(Build.API_VERSION, Build.KIND)
        .inNamespace(name)
        .withName(buildName)
        .require();
  }

  /** The objects and logs of the namespace, for the analysis of a failed test. */
  String describe() {
    var kubectl = environment.tools();
    var text = new StringBuilder();
    for (var command :
        List.of(
            List.of("get", "imagebuilds", "-o", "yaml"),
            List.of("get", "pods,pvc,configmaps", "-o", "wide"),
            List.of("get", "events", "--sort-by=.lastTimestamp"))) {
      var line = new ArrayList<>(List.of("kubectl", "-n", name));
      line.addAll(command);
      text.append(kubectl.run(QUICK, line).output()).append('\n');
    }
    for (var pod : pods()) {
      var podName = pod.getMetadata().getName();
      text.append("--- ").append(podName).append('\n');
      text.append(
          kubectl
              .run(
                  QUICK,
                  List.of("kubectl", "-n", name, "logs", "--tail=50", "--all-containers", podName))
              .output());
    }
    return text.toString();
  }

  private static String indent(String text, int by) {
    return text.indent(by).stripTrailing();
  }

  @Override
  public void close() {
    client().namespaces().withName(name).withGracePeriod(0).delete();
  }
}
