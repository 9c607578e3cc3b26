package dev.stagewright.e2e;

import dev.stagewright.layers.oci.ContainerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Images that run or do not run, for many reasons. */
final class PredictionCases {
  /** The same programs on all bases. */
  private static final List<String> PROGRAMS =
      List.of(
          "c-dynamic",
          "c-no-pie",
          "c-static",
          "c-static-pie",
          "c-math",
          "cpp-dynamic",
          "cpp-static",
          "cpp-static-libraries",
          "musl-dynamic",
          "musl-static",
          "go-static",
          "go-cgo",
          "go-cgo-static",
          "go-cgo-musl",
          "script-sh",
          "script-bash",
          "script-env-sh",
          "script-env-bash");

  private static final List<String> BASES =
      List.of("on-debian", "on-busybox", "on-alpine", "on-scratch");

  private final List<Case> cases = new ArrayList<>();

  /**
   * An image.
   *
   * @param name also of the Pod
   * @param base target of the Dockerfile with its files
   * @param config of the container
   * @param undecidable whether the image does not say if it runs
   */
  record Case(
      String name, String base, UnaryOperator<ContainerConfig> config, boolean undecidable) {}

  static List<Case> all() {
    var cases = new PredictionCases();
    cases.matrix();
    cases.formats();
    cases.commands();
    cases.shells();
    cases.users();
    cases.libraries();
    return cases.cases;
  }

  private void matrix() {
    for (var base : BASES) {
      for (var program : PROGRAMS) {
        add(program + "-" + base, base, entrypoint("/out/" + program));
      }
    }
  }

  private void formats() {
    var base = "on-busybox";
    for (var program :
        List.of(
            "go-arm64",
            "go-386",
            "c-object",
            "c-not-executable",
            "script-plain",
            "script-empty",
            "script-loop",
            "script-crlf",
            "script-env-crlf",
            "script-program",
            "chain-5",
            "chain-6",
            "setuid")) {
      add(program, base, entrypoint("/out/" + program));
    }
    add("brackets", "on-debian-brackets", it -> it);
    add("volume", "on-volume", it -> it);
  }

  private void commands() {
    var scratch = "on-scratch";
    add("no-command", scratch, it -> it);
    add(
        "empty-entrypoint",
        scratch,
        it -> entrypoint("").apply(it).withCmd(List.of("/out/c-static")));
    add("cmd-only", scratch, it -> it.withCmd(List.of("/out/c-static")));
    add(
        "entrypoint-and-cmd",
        scratch,
        it -> it.withEntrypoint(List.of("/out/c-static")).withCmd(List.of("x")));
    add("one-text", scratch, entrypoint("/out/c-static --port 80"));
    add("wrong-path", scratch, entrypoint("/c-static"));
    add("directory", scratch, entrypoint("/out"));
    add("through-file", scratch, entrypoint("/out/c-static/x"));
    add("link", scratch, entrypoint("/out/link"));
    add("dangling-link", scratch, entrypoint("/out/dangling"));
    add("not-in-path", scratch, entrypoint("c-static"));
    add(
        "in-path",
        scratch,
        it -> entrypoint("c-static").apply(it).withEnv(List.of("PATH=/bin:/out")));
    add(
        "empty-path",
        scratch,
        it ->
            entrypoint("c-static").apply(it).withEnv(List.of("PATH=:/bin")).withWorkingDir("/out"));
    add(
        "not-executable-in-path",
        scratch,
        it -> entrypoint("c-not-executable").apply(it).withEnv(List.of("PATH=/out")));
    add("relative", scratch, it -> entrypoint("./c-static").apply(it).withWorkingDir("/out"));
    add(
        "relative-elsewhere",
        scratch,
        it -> entrypoint("./c-static").apply(it).withWorkingDir("/"));
    add(
        "missing-workdir",
        scratch,
        it -> entrypoint("/out/c-static").apply(it).withWorkingDir("/new/folder"));
    add(
        "file-as-workdir",
        scratch,
        it -> entrypoint("/out/c-static").apply(it).withWorkingDir("/out/c-static"));
  }

  private void shells() {
    add("shell-form-scratch", "on-scratch", shellForm("/out/c-static"));
    add("shell-form-busybox", "on-busybox", shellForm("/out/c-static"));
    add("shell-form-missing", "on-busybox", shellForm("/out/gone"));
    add("shell-form-missing-debian", "on-debian", shellForm("/out/gone --flag"));
    add("shell-form-name", "on-debian", shellForm("gone"));
    add("shell-form-built-in", "on-debian", shellForm("echo ok"));
    add("shell-form-exec", "on-debian", shellForm("exec /out/c-static"));
    add("shell-form-syntax", "on-debian", shellForm("/out/gone || echo ok"));
    add("shell-form-musl", "on-alpine", shellForm("/out/c-dynamic"));
    add("shell-form-plain", "on-debian", shellForm("/out/script-plain"));
    add("shell-form-not-executable", "on-debian", shellForm("/out/c-not-executable"));
    add("shell-script", "on-debian", entrypoint("sh", "/out/script-plain"));
    add("shell-script-missing", "on-debian", entrypoint("sh", "gone.sh"));
  }

  private void users() {
    add("user-number", "on-scratch", user("1000", "/out/c-static"));
    add("user-and-group", "on-scratch", user("1000:nogroup", "/out/c-static"));
    add("user-too-large", "on-scratch", user("4294967295", "/out/c-static"));
    add("user-name-scratch", "on-scratch", user("nobody", "/out/c-static"));
    add("user-name-no-passwd", "on-misplaced-glibc", user("nobody", "/out/c-static"));
    add("user-name", "on-busybox", user("nobody", "/out/c-static"));
    add("user-unknown", "on-busybox", user("ghost", "/out/c-static"));
    add("user-owner-only", "on-busybox", user("1000", "/out/owner-only"));
    add(
        "user-owner-only-shell",
        "on-busybox",
        it -> shellForm("/out/owner-only").apply(it).withUser("nobody"));
    add("user-private-folder", "on-busybox", user("nobody", "/out/private/c-static"));
    add("user-private-script", "on-busybox", user("nobody", "/out/private/script-sh"));
    add("user-unreadable-script", "on-debian", user("nobody", "/out/script-unreadable"));
    add("root-unreadable-script", "on-debian", entrypoint("/out/script-unreadable"));
    add(
        "user-low-port",
        "on-scratch",
        it -> user("1000", "/out/c-static").apply(it).withExposedPorts(List.of("80/tcp")));
  }

  private void libraries() {
    for (var program :
        List.of(
            "lib-none",
            "lib-origin",
            "lib-absolute",
            "lib-newer",
            "relay-runpath",
            "relay-rpath")) {
      add(program, "on-debian", entrypoint("/out/" + program));
    }
    add(
        "lib-environment",
        "on-debian",
        it -> entrypoint("/out/lib-none").apply(it).withEnv(List.of("LD_LIBRARY_PATH=/out/lib")));
    add("lib-copied", "on-debian-copied", entrypoint("/out/lib-none"));
    add("lib-ldconfig", "on-debian-ldconfig", entrypoint("/out/lib-none"));
    add("glibc-copied", "on-copied-glibc", entrypoint("/out/c-dynamic"));
    add("glibc-copied-math", "on-copied-glibc", entrypoint("/out/c-math"));
    add("glibc-copied-cpp", "on-copied-glibc", entrypoint("/out/cpp-dynamic"));
    add("glibc-misplaced", "on-misplaced-glibc", entrypoint("/out/c-dynamic"));
    add("musl-lib", "on-alpine", entrypoint("/out/musl-lib"));
    add("musl-lib-origin", "on-alpine", entrypoint("/out/musl-lib-origin"));
    add(
        "musl-lib-environment",
        "on-alpine",
        it -> entrypoint("/out/musl-lib").apply(it).withEnv(List.of("LD_LIBRARY_PATH=/out/lib")));
    add("musl-lib-copied", "on-alpine-copied", entrypoint("/out/musl-lib"));
    add("musl-lib-path-file", "on-alpine-path", entrypoint("/out/musl-lib"));
    undecidable("musl-as-glibc", "on-alpine-link", entrypoint("/out/c-dynamic"));
  }

  private static UnaryOperator<ContainerConfig> entrypoint(String... command) {
    return config -> config.withEntrypoint(List.of(command)).withCmd(List.of());
  }

  private static UnaryOperator<ContainerConfig> shellForm(String command) {
    return config -> config.withEntrypoint(List.of()).withCmd(List.of("/bin/sh", "-c", command));
  }

  private static UnaryOperator<ContainerConfig> user(String user, String command) {
    return config -> entrypoint(command).apply(config).withUser(user);
  }

  private void add(String name, String base, UnaryOperator<ContainerConfig> config) {
    cases.add(new Case(name, base, config, false));
  }

  private void undecidable(String name, String base, UnaryOperator<ContainerConfig> config) {
    cases.add(new Case(name, base, config, true));
  }
}
