package dev.stagewright.analysis.run;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.ImageFile;

/** Explains the most frequent error of small images: a program whose libc is not there. */
final class MissingLoader {
  private final Container container;

  MissingLoader(Container container) {
    this.container = container;
  }

  Verdict verdict(Call call, ImageFile file, ElfFile elf, String interpreter) {
    var program = "/" + file.path();
    if (interpreter.contains("ld-musl")) {
      return call.fails(
          RunRule.MISSING_INTERPRETER,
          Place.of(file),
          "%s is linked dynamically with musl, but the image has no %s."
              .formatted(program, interpreter),
          Errno.ENOENT,
          staticFix(elf) + ", or use FROM alpine");
    }
    if (hasMusl()) {
      return call.fails(
          RunRule.GLIBC_ON_MUSL,
          Place.of(file),
          "%s is linked with glibc (%s), but the image has only musl."
              .formatted(program, interpreter),
          Errno.ENOENT,
          staticFix(elf)
              + ", build in a stage FROM an -alpine image, or use a base image with glibc such as"
              + " debian; RUN apk add gcompat helps some programs");
    }
    return call.fails(
        RunRule.MISSING_INTERPRETER,
        Place.of(file),
        "%s is linked dynamically, but the image has no %s.".formatted(program, interpreter),
        Errno.ENOENT,
        staticFix(elf) + ", or use a base image with glibc such as debian or distroless");
  }

  private boolean hasMusl() {
    return container.files().below("lib").stream()
        .anyMatch(it -> it.path().startsWith("lib/ld-musl-"));
  }

  private static String staticFix(ElfFile elf) {
    var toolchains = elf.content().toolchains();
    if (toolchains.contains("go")) {
      return "Build with CGO_ENABLED=0 go build";
    }
    return toolchains.contains("rust")
        ? "Build with --target x86_64-unknown-linux-musl or RUSTFLAGS='-C target-feature=+crt-static'"
        : "Link with -static";
  }
}
