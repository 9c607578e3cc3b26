package dev.stagewright.stage.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restrictions that prevent the container from working. Stagewright does not set them: they usually
 * come from an admission controller of the cluster.
 *
 * @param fields fields of the Pod specification with this effect, each with its value
 */
public record ContainerRestrictions(List<String> fields) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final String CONTEXT = "securityContext.";
  private static final int MOUNT_POINT = 4;
  private static final int OPTIONS = 5;

  /** The capabilities that instructions need. */
  private static final Map<Integer, String> CAPABILITIES = capabilities();

  /** Copies the list. */
  public ContainerRestrictions {
    fields = List.copyOf(fields);
  }

  private static Map<Integer, String> capabilities() {
    var names = new LinkedHashMap<Integer, String>();
    names.put(0, "CHOWN");
    names.put(1, "DAC_OVERRIDE");
    names.put(3, "FOWNER");
    names.put(6, "SETGID");
    names.put(7, "SETUID");
    names.put(18, "SYS_CHROOT");
    return names;
  }

  /** The restrictions of the container of a stage, as the kernel reports them. */
  public static ContainerRestrictions read() {
    return of(lines(STATUS), lines(MOUNTS));
  }

  /**
   * The restrictions of a container that intentionally has no capabilities and a read-only root.
   */
  public static ContainerRestrictions ofUser() {
    return new ContainerRestrictions(user(lines(STATUS)).stream().toList());
  }

  static ContainerRestrictions of(List<String> status, List<String> mounts) {
    var fields = new ArrayList<String>();
    user(status).ifPresent(fields::add);
    if (mounts.stream().anyMatch(ContainerRestrictions::isReadOnlyRoot)) {
      fields.add(CONTEXT + "readOnlyRootFilesystem: true");
    }
    var held = value(status, "CapEff").map(it -> Long.parseUnsignedLong(it, 16)).orElse(-1L);
    var missing =
        CAPABILITIES.entrySet().stream()
            .filter(entry -> ((held >>> entry.getKey()) & 1) == 0)
            .map(Map.Entry::getValue)
            .toList();
    if (!missing.isEmpty()) {
      fields.add(CONTEXT + "capabilities.drop: " + missing);
    }
    return new ContainerRestrictions(fields);
  }

  private static Optional<String> user(List<String> status) {
    return value(status, "Uid")
        .map(ids -> ids.split("\\s+", -1)[1])
        .filter(effective -> !effective.equals("0"))
        .map(effective -> CONTEXT + "runAsUser: " + effective);
  }

  private static boolean isReadOnlyRoot(String line) {
    var fields = line.split(" ", -1);
    return fields.length > OPTIONS
        && fields[MOUNT_POINT].equals("/")
        && List.of(fields[OPTIONS].split(",", -1)).contains("ro");
  }

  private static Optional<String> value(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Whether nothing is restricted. */
  public boolean isEmpty() {
    return fields.isEmpty();
  }

  /**
   * Explains a failure by the restrictions.
   *
   * @param what error message
   */
  public String explain(@Nullable String what) {
    return "the container does not have the rights that it needs ("
        + what
        + "): its Pod has "
        + String.join(", ", fields)
        + ", which Stagewright did not set; check the admission policies of the cluster";
  }
}
