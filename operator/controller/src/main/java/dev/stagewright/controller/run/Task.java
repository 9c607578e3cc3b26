package dev.stagewright.controller.run;

import dev.stagewright.protocol.Phase;

/** A part of a run: what one Pod does, be it at the first try or a later one. */
public sealed interface Task {
  /** Unique inside the run; part of the names of its Pods, and the value of a label. */
  String key();

  /** Whose exit codes its Pods use. */
  Phase phase();

  /** Source to context, Dockerfile to plan. */
  record Prepare() implements Task {
    @Override
    public String key() {
      return "prepare";
    }

    @Override
    public Phase phase() {
      return Phase.PREPARE;
    }
  }

  /** Whether the registry would take the image, before there is one. */
  record Check() implements Task {
    @Override
    public String key() {
      return "check";
    }

    @Override
    public Phase phase() {
      return Phase.CHECK;
    }
  }

  /**
   * A stage's instructions.
   *
   * @param id as the plan has it
   */
  record Stage(String id) implements Task {
    @Override
    public String key() {
      return id;
    }

    @Override
    public Phase phase() {
      return Phase.STAGE;
    }
  }

  /** Layers to image, image to registry. */
  record Push() implements Task {
    @Override
    public String key() {
      return "push";
    }

    @Override
    public Phase phase() {
      return Phase.PUSH;
    }
  }

  /** The part of this key. */
  static Task of(String key) {
    return switch (key) {
      case "prepare" -> new Prepare();
      case "check" -> new Check();
      case "push" -> new Push();
      default -> new Stage(key);
    };
  }
}
