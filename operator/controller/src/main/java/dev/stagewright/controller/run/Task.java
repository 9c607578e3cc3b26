package dev.stagewright.controller.run;

import dev.stagewright.protocol.Phase;

/** A task of a run: the work of one Pod, which can take several attempts. */
public sealed interface Task {
  /**
   * The key of the task, unique within the run. It is part of Pod names and the value of a label.
   */
  String key();

  /** The phase that the Pods of the task run. */
  Phase phase();

  /** Fetches the source and creates the plan from the Dockerfile. */
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

  /** Checks whether the registry accepts the image before it is built. */
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
   * Runs the instructions of a stage.
   *
   * @param id of the stage in the plan
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

  /** Assembles the image and pushes it to the registry. */
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

  /** The task with this key. */
  static Task of(String key) {
    return switch (key) {
      case "prepare" -> new Prepare();
      case "check" -> new Check();
      case "push" -> new Push();
      default -> new Stage(key);
    };
  }
}
