package dev.stagewright.dockerfile.instruction;

import dev.stagewright.dockerfile.source.Position;
import java.util.Locale;

/** A typed instruction, one of 18. */
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

  /** The untyped form of the instruction. */
  Statement statement();

  /** The position of the instruction. */
  default Position position() {
    return statement().position();
  }

  /** The keyword in upper case, for example {@code COPY}. */
  default String keyword() {
    return statement().keyword().toUpperCase(Locale.ROOT);
  }
}
