package dev.stagewright.analysis.run;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Loads an ELF program as the kernel does, and then links it. */
final class ElfStart {
  private static final int SETID = 06000;
  private static final List<String> NAME_SERVICE_MENTIONS =
      List.of("libnss_", "/etc/nsswitch.conf", "nsswitch.conf");

  /** A tunable of glibc, which is in programs that contain glibc. */
  private static final String STATIC_GLIBC = "glibc.malloc";

  private final Container container;
  private final List<Finding> notes;

  ElfStart(Container container, List<Finding> notes) {
    this.container = container;
    this.notes = notes;
  }

  Verdict start(Call call, ImageFile file, ElfFile elf) {
    return machine(call, file, elf)
        .or(() -> type(call, file, elf))
        .orElseGet(() -> load(call, file, elf));
  }

  /** Empty if the machine is right. */
  private Optional<Verdict> machine(Call call, ImageFile file, ElfFile elf) {
    var platform = container.image().config().platform();
    var expected = Machine.of(platform);
    var actual = Machine.of(elf.header());
    if (expected.isEmpty() || actual.equals(expected)) {
      checkLevel(file, elf);
      return Optional.empty();
    }
    if (actual.isPresent() && expected.get().mostlyRuns(actual.get())) {
      return Optional.empty();
    }
    if (actual.isPresent() && expected.get().sometimesRuns(actual.get())) {
      return Optional.of(
          RunRule.unknown(
              Place.of(file), call.path() + " has 32 bits, which not all processors support."));
    }
    return Optional.of(
        call.fails(
            RunRule.WRONG_ARCHITECTURE,
            Place.of(file),
            "%s is for %s, but the image is for %s."
                .formatted(
                    call.path(),
                    actual.map(Machine::architecture).orElse("another machine"),
                    platform),
            Errno.ENOEXEC,
            "Compile for $TARGETARCH (for example GOARCH=$TARGETARCH), copy only from stages of the"
                + " same platform, or set the platform of the build."));
  }

  private void checkLevel(ImageFile file, ElfFile elf) {
    var variant = container.image().config().platform().variant().orElse("v1");
    var promised = UserResolution.number(variant.replaceFirst("^v", "")).orElse(1L);
    var needed = elf.header().isaLevel().orElse(1);
    if (Machine.of(elf.header()).filter(Machine.AMD64::equals).isPresent() && needed > promised) {
      notes.add(
          RunRule.CPU_LEVEL.finding(
              Confidence.CERTAIN,
              Place.of(file),
              "/%s needs a CPU of x86-64-v%d; the platform of the image promises only x86-64-v%d."
                  .formatted(file.path(), needed, promised),
              "On older CPUs: %s"
                  .formatted(
                      Symptoms.exit(127, "CPU ISA level is lower than required (or SIGILL, 132)")),
              "Compile with -march=x86-64, or build for platform linux/amd64/v%d."
                  .formatted(needed)));
    }
  }

  private static Optional<Verdict> type(Call call, ImageFile file, ElfFile elf) {
    var type = elf.header().type();
    if (type == ElfFile.Type.EXECUTABLE || type == ElfFile.Type.SHARED) {
      return Optional.empty();
    }
    return Optional.of(
        call.fails(
            RunRule.UNKNOWN_FORMAT,
            Place.of(file),
            call.path() + " is an object file, not a program.",
            Errno.ENOEXEC,
            "Link it: compile without -c."));
  }

  private Verdict load(Call call, ImageFile file, ElfFile elf) {
    if ((file.file().mode() & SETID) != 0) {
      notes.add(setuid(file));
    }
    if (!elf.content().complete()) {
      return RunRule.unknown(Place.of(file), call.path() + " is too large to be read completely.");
    }
    var interpreter = elf.linking().interpreter();
    if (interpreter.isPresent()) {
      return interpret(call, file, elf, interpreter.get());
    }
    if (!elf.linking().needed().isEmpty()) {
      return RunRule.unknown(Place.of(file), call.path() + " is a shared library, not a program.");
    }
    // The programs of a base image are not for the user to link.
    if (usesNameServices(elf.content().mentions())
        && !BaseLayers.of(container.image()).contains(file)) {
      notes.add(nameServices(file));
    }
    return new Verdict.Runs();
  }

  /** Programs of Go mention the file of name services too, but read it themselves. */
  private static boolean usesNameServices(Set<String> mentions) {
    return mentions.contains(STATIC_GLIBC)
        && NAME_SERVICE_MENTIONS.stream().anyMatch(mentions::contains);
  }

  private Verdict interpret(Call call, ImageFile file, ElfFile elf, String interpreter) {
    return switch (container.resolve(interpreter)) {
      case Resolution.Found found -> link(call, new Program(file, elf, interpreter), found);
      case Resolution.Missing _, Resolution.NotDirectory _, Resolution.Loop _ ->
          new MissingLoader(container).verdict(call, file, elf, interpreter);
    };
  }

  private Verdict link(Call call, Program program, Resolution.Found loader) {
    var file = loader.file();
    if (!Identity.isExecutable(file)
        || (call.launcher() != Launcher.RUNTIME && !container.user().mayExecute(file))) {
      return call.fails(
          RunRule.NOT_EXECUTABLE,
          Place.of(file),
          "The program interpreter %s is not executable.".formatted(program.interpreter()),
          Errno.EACCES,
          "COPY --chmod=755 the file.");
    }
    var elf = file.facts().elf();
    if (elf.isEmpty()
        || !Machine.of(elf.get().header()).equals(Machine.of(program.elf().header()))) {
      return call.fails(
          RunRule.MISSING_INTERPRETER,
          Place.of(file),
          "The program interpreter %s is not one for this machine."
              .formatted(program.interpreter()),
          Errno.ELIBBAD,
          "Copy the interpreter from an image of the same platform.");
    }
    return Libc.of(file, elf.get()).link(container, program, loader);
  }

  private static Finding setuid(ImageFile file) {
    return RunRule.SETUID_PROGRAM.finding(
        Confidence.CERTAIN,
        Place.of(file),
        "/%s has the setuid or setgid bit, which Pods with allowPrivilegeEscalation: false ignore."
            .formatted(file.path()),
        "",
        "Set USER instead, and remove the bit: RUN chmod u-s,g-s /" + file.path());
  }

  private static Finding nameServices(ImageFile file) {
    return RunRule.STATIC_NAME_SERVICES.finding(
        Confidence.POSSIBLE,
        Place.of(file),
        ("/%s is linked statically with glibc, which still loads shared libraries of the same glibc"
                + " to look up hosts and users.")
            .formatted(file.path()),
        "Look-ups of hosts or users fail, for example: Temporary failure in name resolution",
        "Link statically with musl (musl-gcc -static, an Alpine builder, CGO_ENABLED=0 or -tags"
            + " netgo,osusergo for Go), or use a base image with the glibc of the builder.");
  }
}
