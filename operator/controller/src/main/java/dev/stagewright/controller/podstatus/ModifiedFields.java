package dev.stagewright.controller.observe;

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
 * Fields of a Pod that restrict it and that nobody asked for: neither Stagewright sets them so, nor
 * may a template. The cluster's admission has set them.
 */
public final class ModifiedFields {
  private static final String POD = "spec.securityContext.";
  private static final String MAIN = "spec.containers[main].";
  private static final String CONTEXT = MAIN + "securityContext.";
  private static final String RUNTIME_DEFAULT = "RuntimeDefault";

  /** Variables that make a JVM, or the loader of programs, do something else. */
  private static final Pattern VARIABLES =
      Pattern.compile("LD_.*|GLIBC_TUNABLES|_?JAVA_(TOOL_)?OPTIONS|JDK_JAVA_OPTIONS");

  private final List<String> fields = new ArrayList<>();

  private ModifiedFields() {}

  /** Each with its value. */
  static List<String> of(Pod pod) {
    var modified = new ModifiedFields();
    var main =
        pod.getSpec().getContainers().stream()
            .filter(container -> container.getName().equals("main"))
            .findFirst();
    var context = main.flatMap(it -> Optional.ofNullable(it.getSecurityContext()));
    modified.ofPod(pod, context);
    var isStage = pod.getMetadata().getLabels().containsKey(Labels.STAGE);
    context.ifPresent(it -> modified.ofMain(it, isStage, isUserNamespace(pod)));
    main.ifPresent(modified::ofEnvironment);
    return List.copyOf(modified.fields);
  }

  /** Whether a variable of a container is looked at. */
  public static boolean isTelling(EnvVar variable) {
    return VARIABLES.matcher(variable.getName()).matches()
        && !Objects.toString(variable.getValue(), "").isEmpty();
  }

  private static boolean isUserNamespace(Pod pod) {
    var kind = pod.getMetadata().getLabels().getOrDefault(Labels.SANDBOX, "");
    return SandboxKind.named(kind).equals(Optional.of(SandboxKind.USER_NAMESPACE));
  }

  private void ofPod(Pod pod, Optional<SecurityContext> main) {
    var context = pod.getSpec().getSecurityContext();
    if (isUserNamespace(pod) && !Boolean.FALSE.equals(pod.getSpec().getHostUsers())) {
      add("spec.hostUsers", pod.getSpec().getHostUsers());
    }
    if (context == null) {
      return;
    }
    var ownUser = main.map(SecurityContext::getRunAsUser);
    if (main.map(SecurityContext::getRunAsNonRoot).isEmpty()) {
      addIf(Boolean.TRUE.equals(context.getRunAsNonRoot()), POD + "runAsNonRoot", true);
    }
    if (ownUser.isEmpty()) {
      addIf(isOther(context.getRunAsUser()), POD + "runAsUser", context.getRunAsUser());
    }
    seccomp(POD, context.getSeccompProfile());
  }

  private void ofMain(SecurityContext context, boolean isStage, boolean isUserNamespace) {
    addIf(Boolean.TRUE.equals(context.getRunAsNonRoot()), CONTEXT + "runAsNonRoot", true);
    addIf(isOther(context.getRunAsUser()), CONTEXT + "runAsUser", context.getRunAsUser());
    seccomp(CONTEXT, context.getSeccompProfile());
    var capabilities = Optional.ofNullable(context.getCapabilities()).orElseGet(Capabilities::new);
    if (!isStage) {
      return;
    }
    addIf(
        Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()),
        CONTEXT + "readOnlyRootFilesystem",
        true);
    addIf(
        Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()),
        CONTEXT + "allowPrivilegeEscalation",
        false);
    addIf(!capabilities.getDrop().isEmpty(), CONTEXT + "capabilities.drop", capabilities.getDrop());
    addIf(
        isUserNamespace
            && !Boolean.TRUE.equals(context.getPrivileged())
            && !capabilities.getAdd().contains("SYS_ADMIN"),
        CONTEXT + "capabilities.add",
        capabilities.getAdd());
  }

  private void ofEnvironment(Container main) {
    main.getEnv().stream()
        .filter(ModifiedFields::isTelling)
        .forEach(it -> add(MAIN + "env[" + it.getName() + "]", it.getValue()));
  }

  private void seccomp(String place, @Nullable SeccompProfile profile) {
    if (profile != null) {
      addIf(
          !RUNTIME_DEFAULT.equals(profile.getType()),
          place + "seccompProfile.type",
          profile.getType());
    }
  }

  private static boolean isOther(@Nullable Long user) {
    return user != null && user != 0;
  }

  private void addIf(boolean isForced, String field, @Nullable Object value) {
    if (isForced) {
      add(field, value);
    }
  }

  private void add(String field, @Nullable Object value) {
    fields.add(field + ": " + value);
  }
}
