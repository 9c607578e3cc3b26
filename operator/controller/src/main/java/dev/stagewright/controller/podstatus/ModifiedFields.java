package dev.stagewright.controller.podstatus;

import dev.stagewright.controller.run.Labels;
import dev.stagewright.protocol.SandboxKind;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fields that the cluster's admission has set on a Pod and that restrict it. Neither Stagewright
 * nor a template sets these values.
 */
public final class ModifiedFields {
  private static final String POD = "spec.securityContext.";
  private static final String RUNTIME_DEFAULT = "RuntimeDefault";

  /** Variables that change the behaviour of a JVM or of the dynamic linker. */
  private static final Pattern VARIABLES =
      Pattern.compile("LD_.*|GLIBC_TUNABLES|_?JAVA_(TOOL_)?OPTIONS|JDK_JAVA_OPTIONS");

  private final List<String> fields = new ArrayList<>();
  private final String containerPath;
  private final String contextPath;

  private ModifiedFields(String container) {
    containerPath = "spec.containers[" + container + "].";
    contextPath = containerPath + "securityContext.";
  }

  /**
   * The modified fields of a Pod and of one of its containers, each with its value: {@code
   * spec.hostUsers: true}.
   *
   * @param name of the container
   */
  static List<String> of(Pod pod, String name) {
    var modified = new ModifiedFields(name);
    var container =
        pod.getSpec().getContainers().stream().filter(it -> it.getName().equals(name)).findFirst();
    var context = container.flatMap(it -> Optional.ofNullable(it.getSecurityContext()));
    modified.checkPod(pod, context);
    var isStage = pod.getMetadata().getLabels().containsKey(Labels.STAGE);
    context.ifPresent(it -> modified.checkContainer(it, isStage, isUserNamespace(pod)));
    container.ifPresent(modified::checkEnvironment);
    return List.copyOf(modified.fields);
  }

  /** Whether an environment variable of a container matters here. */
  public static boolean isRelevant(EnvVar variable) {
    return VARIABLES.matcher(variable.getName()).matches()
        && !Objects.toString(variable.getValue(), "").isEmpty();
  }

  private static boolean isUserNamespace(Pod pod) {
    var kind = pod.getMetadata().getLabels().getOrDefault(Labels.SANDBOX, "");
    return SandboxKind.named(kind).equals(Optional.of(SandboxKind.USER_NAMESPACE));
  }

  private void checkPod(Pod pod, Optional<SecurityContext> container) {
    var context = pod.getSpec().getSecurityContext();
    if (isUserNamespace(pod) && !Boolean.FALSE.equals(pod.getSpec().getHostUsers())) {
      add("spec.hostUsers", pod.getSpec().getHostUsers());
    }
    if (context == null) {
      return;
    }
    var userOfContainer = container.map(SecurityContext::getRunAsUser);
    if (container.map(SecurityContext::getRunAsNonRoot).isEmpty()) {
      addIf(Boolean.TRUE.equals(context.getRunAsNonRoot()), POD + "runAsNonRoot", true);
    }
    if (userOfContainer.isEmpty()) {
      addIf(isNotRoot(context.getRunAsUser()), POD + "runAsUser", context.getRunAsUser());
    }
    checkSeccomp(POD, context.getSeccompProfile());
  }

  private void checkContainer(SecurityContext context, boolean isStage, boolean isUserNamespace) {
    addIf(Boolean.TRUE.equals(context.getRunAsNonRoot()), contextPath + "runAsNonRoot", true);
    addIf(isNotRoot(context.getRunAsUser()), contextPath + "runAsUser", context.getRunAsUser());
    checkSeccomp(contextPath, context.getSeccompProfile());
    var capabilities = Optional.ofNullable(context.getCapabilities()).orElseGet(Capabilities::new);
    if (!isStage) {
      return;
    }
    addIf(
        Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()),
        contextPath + "readOnlyRootFilesystem",
        true);
    addIf(
        Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()),
        contextPath + "allowPrivilegeEscalation",
        false);
    addIf(
        !capabilities.getDrop().isEmpty(),
        contextPath + "capabilities.drop",
        capabilities.getDrop());
    addIf(
        isUserNamespace
            && !Boolean.TRUE.equals(context.getPrivileged())
            && !capabilities.getAdd().contains("SYS_ADMIN"),
        contextPath + "capabilities.add",
        capabilities.getAdd());
  }

  private void checkEnvironment(Container container) {
    container.getEnv().stream()
        .filter(ModifiedFields::isRelevant)
        .forEach(it -> add(containerPath + "env[" + it.getName() + "]", it.getValue()));
  }

  private void checkSeccomp(String path, @Nullable SeccompProfile profile) {
    if (profile != null) {
      addIf(
          !RUNTIME_DEFAULT.equals(profile.getType()),
          path + "seccompProfile.type",
          profile.getType());
    }
  }

  private static boolean isNotRoot(@Nullable Long user) {
    return user != null && user != 0;
  }

  private void addIf(boolean isModified, String field, @Nullable Object value) {
    if (isModified) {
      add(field, value);
    }
  }

  private void add(String field, @Nullable Object value) {
    fields.add(field + ": " + value);
  }
}
