package dev.stagewright.analysis.size;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.program.LanguageRuntime;
import dev.stagewright.analysis.program.Linking;
import dev.stagewright.analysis.program.ProgramFiles;
import dev.stagewright.analysis.size.Rung.Feasibility;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides whether a program can move to another base, and what has to be copied there. */
final class BaseMove {
  /** Libraries of glibc, and those of GCC that every distribution with glibc has. */
  private static final List<String> GLIBC =
      List.of(
          "ld-linux",
          "ld64.so",
          "libc.so.6",
          "libm.so",
          "libpthread.so",
          "libdl.so",
          "librt.so",
          "libresolv.so",
          "libutil.so",
          "libnss_",
          "libanl.so",
          "libmvec.so");

  private static final List<String> GCC = List.of("libgcc_s.so", "libstdc++.so");
  private static final List<String> OPENSSL = List.of("libssl.so", "libcrypto.so");
  private static final List<String> MUSL = List.of("ld-musl-", "libc.musl-");
  private static final List<String> SHELLS = List.of("sh", "dash", "ash", "busybox", "env", "bash");

  private final ProgramFiles needed;
  private final BaseKind kind;

  BaseMove(ProgramFiles needed, BaseKind kind) {
    this.needed = needed;
    this.kind = kind;
  }

  /** Whether a program can move, and why. */
  record Decision(Feasibility feasibility, String reason) {}

  BaseKind kind() {
    return kind;
  }

  /** The base image from whose size the estimate starts. */
  BaseImage base() {
    return switch (kind) {
      case SLIM -> BaseImage.SLIM;
      case ALPINE -> BaseImage.ALPINE;
      case BUSYBOX -> BaseImage.BUSYBOX;
      case DISTROLESS -> distroless();
      case SCRATCH, CURRENT -> BaseImage.SCRATCH;
    };
  }

  private BaseImage distroless() {
    if (needed.linking() == Linking.STATIC) {
      return BaseImage.DISTROLESS_STATIC;
    }
    return needed.files().keySet().stream().anyMatch(path -> isNamed(path, GCC))
        ? BaseImage.DISTROLESS_CC
        : BaseImage.DISTROLESS_BASE;
  }

  /** What the program needs and the base does not have, by the path that the program uses. */
  Map<String, ImageFile> copied() {
    var copied = new LinkedHashMap<String, ImageFile>();
    needed
        .files()
        .forEach((path, file) -> {
          if (!isProvided(path)) {
            copied.put(path, file);
          }
        });
    return copied;
  }

  private boolean isProvided(String path) {
    return switch (kind) {
      case SLIM -> isNamed(path, GLIBC) || isNamed(path, GCC) || isShell(path);
      case ALPINE -> isNamed(path, MUSL) || isShell(path);
      case BUSYBOX -> isShell(path);
      case DISTROLESS -> isNamed(path, GLIBC) || isNamed(path, GCC) || isNamed(path, OPENSSL);
      case SCRATCH, CURRENT -> false;
    };
  }

  private static boolean isNamed(String path, List<String> prefixes) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return prefixes.stream().anyMatch(name::startsWith);
  }

  private static boolean isShell(String path) {
    return SHELLS.contains(path.substring(path.lastIndexOf('/') + 1))
        && !path.startsWith("/usr/local/");
  }

  /** Decides whether the program can run on the base with the copied files. */
  Decision decide() {
    if (needed.program().isEmpty()) {
      return impossible("the program of the image was not found");
    }
    if (!needed.shells().isEmpty() && !hasShell()) {
      return impossible(
          "the start needs /bin/sh; use the exec form, and a program instead of a script");
    }
    if (needed.shells().contains("bash") && kind == BaseKind.BUSYBOX) {
      return impossible("the start needs bash");
    }
    if (needed.runtime().isPresent()) {
      return interpreted(needed.runtime().get());
    }
    var decision =
        switch (needed.linking()) {
          case STATIC -> possible("the program is static");
          case GLIBC -> glibc();
          case MUSL -> musl();
          case UNKNOWN -> impossible("it is not known how the program is linked");
        };
    return decision.feasibility() == Feasibility.POSSIBLE
        ? missingFile().orElse(decision)
        : decision;
  }

  /** The size of what the image does not have is not known, so no estimate can include it. */
  private Optional<Decision> missingFile() {
    return needed.missing().stream()
        .filter(path -> !isProvided(path))
        .findFirst()
        .map(path ->
            rebuild(
                "the program needs %s, which the image does not have; %s"
                    .formatted(path, staticBuild())));
  }

  private boolean hasShell() {
    return kind == BaseKind.SLIM || kind == BaseKind.ALPINE || kind == BaseKind.BUSYBOX;
  }

  private Decision interpreted(LanguageRuntime runtime) {
    var image = RuntimeImages.find(runtime, kind);
    if (image.isEmpty()) {
      return impossible("the start needs " + runtime.program());
    }
    return kind == BaseKind.ALPINE && needed.linking() == Linking.GLIBC
        ? rebuild("modules with native code have to be built on Alpine, for musl")
        : possible(image.get() + " contains " + runtime.program());
  }

  private Decision glibc() {
    return switch (kind) {
      case ALPINE -> rebuild("the program needs glibc; " + staticBuild());
      case BUSYBOX, SCRATCH ->
          possible("the program runs with copies of its libraries; looking up hosts may need more");
      case SLIM, DISTROLESS, CURRENT -> possible("the base has glibc");
    };
  }

  private Decision musl() {
    return switch (kind) {
      case ALPINE -> possible("the base has musl");
      case BUSYBOX, SCRATCH -> possible("the program runs with copies of its libraries");
      case SLIM, DISTROLESS, CURRENT ->
          rebuild("the program needs musl; build it on Debian, or " + staticBuild());
    };
  }

  /** How to make a program that needs no libraries. */
  private String staticBuild() {
    var toolchains =
        needed.elf().map(ElfFile::content).map(ElfFile.Content::toolchains).orElse(Set.of());
    if (toolchains.contains("go")) {
      return "build it with CGO_ENABLED=0";
    }
    if (toolchains.contains("rust")) {
      return "build it for a target with musl, for example x86_64-unknown-linux-musl";
    }
    return "link it statically (-static)";
  }

  private static Decision possible(String reason) {
    return new Decision(Feasibility.POSSIBLE, reason);
  }

  private static Decision rebuild(String reason) {
    return new Decision(Feasibility.REBUILD, reason);
  }

  static Decision impossible(String reason) {
    return new Decision(Feasibility.IMPOSSIBLE, reason);
  }
}
