package dev.stagewright.dockerfile.instruction;

import dev.stagewright.dockerfile.source.Position;
import java.util.Locale;

/** One of the 18 instructions. */
public sealed interface Instruction
    permits Add,
        Arg,
        Cmd,
        Copy,
        Entrypoint,
        Env,
        Expose,
        From,
        Healthcheck,
        Label,
        Maintainer,
        OnBuild,
        Run,
        Shell,
        StopSignal,
        User,
        Volume,
        Workdir {

  /** What it was read from. */
  Statement statement();

  /** Where it stands. */
  default Position position() {
    return statement().position();
  }

  /** Its name in capitals, for example {@code COPY}. */
  default String keyword() {
    return statement().keyword().toUpperCase(Locale.ROOT);
  }
}
