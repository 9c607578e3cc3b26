package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import java.util.List;

/** Checks the use of package managers of distributions. */
public final class PackageManagers implements LintCheck {
  private static final Rule UPDATE_ALONE =
      Rule.practice(
          "AptUpdateAlone",
          Severity.WARNING,
          "An outdated cached package list installs old packages, or packages that no longer exist",
          "Run apt-get update and apt-get install in one RUN.");
  private static final Rule LISTS_LEFT =
      Rule.practice(
          "PackageListsLeft",
          Severity.INFO,
          "Package lists and caches make the layer larger and are not needed in the image",
          "Remove the package lists in the same RUN (rm -rf /var/lib/apt/lists/*, apk add"
              + " --no-cache, dnf clean all), or use a cache mount.");
  private static final Rule UPGRADE =
      Rule.practice(
          "SystemUpgrade",
          Severity.WARNING,
          "The result depends on the date of the build, and the image contains upgraded files"
              + " twice",
          "Use a newer base image.");
  private static final Rule RECOMMENDS =
      Rule.practice(
          "InstallRecommends",
          Severity.INFO,
          "Recommended packages make the image larger and easier to attack",
          "Add --no-install-recommends.");
  private static final List<String> CACHES =
      List.of(
          "/var/lib/apt", "/var/cache/apt", "/var/cache/apk", "/var/cache/dnf", "/var/cache/yum");

  @Override
  public List<Rule> rules() {
    return List.of(UPDATE_ALONE, LISTS_LEFT, UPGRADE, RECOMMENDS);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (var stage : context.parsedStages()) {
      for (var instruction : stage.instructions()) {
        if (instruction instanceof Run run) {
          check(run, ShellScript.of(run), findings);
        }
      }
    }
  }

  private static void check(Run run, ShellScript script, Findings findings) {
    var apt = script.of("apt-get", "apt");
    boolean installs = apt.stream().anyMatch(c -> c.hasSubcommand("install"));
    if (apt.stream().anyMatch(c -> c.hasSubcommand("update")) && !installs) {
      findings.add(UPDATE_ALONE, run, "apt-get update without install in the same RUN");
    }
    if (apt.stream()
        .anyMatch(c -> c.hasSubcommand("install") && !c.hasOption("--no-install-recommends"))) {
      findings.add(RECOMMENDS, run, "apt-get install without --no-install-recommends");
    }
    if (apt.stream().anyMatch(c -> c.hasSubcommand("upgrade", "dist-upgrade", "full-upgrade"))
        || script.of("apk").stream().anyMatch(c -> c.hasSubcommand("upgrade"))) {
      findings.add(UPGRADE, run, "All packages of the base image are upgraded");
    }
    if (leavesLists(script, installs) && !mountsCache(run)) {
      findings.add(LISTS_LEFT, run, "Package lists stay in the layer");
    }
  }

  private static boolean leavesLists(ShellScript script, boolean aptInstalls) {
    boolean removed =
        script.of("rm").stream()
            .flatMap(c -> c.operands().stream())
            .anyMatch(path -> path.startsWith("/var/lib/apt") || path.startsWith("/var/cache"));
    boolean apk =
        script.of("apk").stream()
            .anyMatch(c -> c.hasSubcommand("add") && !c.hasOption("--no-cache"));
    var rpm = script.of("yum", "dnf", "microdnf");
    boolean rpmLeft =
        rpm.stream().anyMatch(c -> c.hasSubcommand("install"))
            && rpm.stream().noneMatch(c -> c.hasSubcommand("clean"));
    return !removed && (aptInstalls || apk || rpmLeft);
  }

  private static boolean mountsCache(Run run) {
    return run.mounts().stream().anyMatch(mount -> CACHES.stream().anyMatch(mount::contains));
  }
}
