package dev.stagewright.analysis.run;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.Resolution;
import java.util.regex.Pattern;

/** The C library that a program interpreter belongs to. */
enum Libc {
  GLIBC {
    @Override
    Verdict link(Container container, Program program, Resolution.Found loader) {
      var machine = Machine.of(program.elf().header());
      return machine.isEmpty()
          ? unknownLinker(program)
          : new LinkVerdict(container, this)
              .of(program, new GlibcLinker(container, machine.get(), loader).link(program));
    }
  },
  MUSL {
    @Override
    Verdict link(Container container, Program program, Resolution.Found loader) {
      if (!program.interpreter().contains("ld-musl")) {
        return RunRule.unknown(
            Place.of(program.file()),
            "/%s is linked with glibc, and %s is a link to musl, which has most but not all"
                    .formatted(program.file().path(), program.interpreter())
                + " functions of glibc.");
      }
      var machine = Machine.of(program.elf().header());
      return machine.isEmpty()
          ? unknownLinker(program)
          : new LinkVerdict(container, this)
              .of(program, new MuslLinker(container, machine.get(), program, loader).link(program));
    }
  },
  OTHER {
    @Override
    Verdict link(Container container, Program program, Resolution.Found loader) {
      return unknownLinker(program);
    }
  };

  private static final Pattern GLIBC_NAME = Pattern.compile("ld(-linux.*|64|-[0-9.]+)?\\.so.*");

  abstract Verdict link(Container container, Program program, Resolution.Found loader);

  static Libc of(ImageFile loader, ElfFile elf) {
    var path = loader.path();
    var name = path.substring(path.lastIndexOf('/') + 1);
    var soname = elf.linking().soname().orElse(name);
    if (name.contains("gcompat") || soname.contains("gcompat")) {
      return OTHER;
    }
    if (name.startsWith("ld-musl-")
        || soname.startsWith("libc.musl-")
        || soname.equals("libc.so")) {
      return MUSL;
    }
    return GLIBC_NAME.matcher(soname).matches() || GLIBC_NAME.matcher(name).matches()
        ? GLIBC
        : OTHER;
  }

  private static Verdict unknownLinker(Program program) {
    return RunRule.unknown(
        Place.of(program.file()),
        "/%s is loaded by %s, which is neither the linker of glibc nor that of musl; with gcompat,"
                .formatted(program.file().path(), program.interpreter())
            + " many programs for glibc run.");
  }
}
