package dev.stagewright.controller.run;

import dev.stagewright.protocol.Phase;

/**
 * A task of a run: the work of one container, which can take several attempts. The containers of
 * prepare and publish are in one Pod, the worker Pod.
 */
public sealed interface Task {
  /** The key of the worker Pod. */
  String WORKER = "worker";

  /** The key of the task, unique within the run. */
  String key();

  /**
   * The key of the Pods that perform the task. It is part of their names, and the value of a label.
   */
  String pod();

  /** The name of the container that performs the task. */
  String container();

  /** The phase that the container runs. */
  Phase phase();

  /** Fetches the source and creates the plan from the Dockerfile. */
  record Prepare() implements Task {
    @Override
    public String key() {
      return "prepare";
    }

    @Override
    public String pod() {
      return WORKER;
    }

    @Override
    public String container() {
      return PodContainer.PREPARE;
    }

    @Override
    public Phase phase() {
      return Phase.PREPARE;
    }
  }

  /**
   * Checks whether the registry accepts the image, runs the stages that need no Pod, and pushes the
   * image.
   */
  record Publish() implements Task {
    @Override
    public String key() {
      return "publish";
    }

    @Override
    public String pod() {
      return WORKER;
    }

    @Override
    public String container() {
      return PodContainer.PUBLISH;
    }

    @Override
    public Phase phase() {
      return Phase.PUBLISH;
    }
  }

  /**
   * Runs the instructions of a stage in a Pod of the stage.
   *
   * @param id of the stage in the plan
   */
  record Stage(String id) implements Task {
    @Override
    public String key() {
      return id;
    }

    @Override
    public String pod() {
      return id;
    }

    @Override
    public String container() {
      return PodContainer.MAIN;
    }

    @Override
    public Phase phase() {
      return Phase.STAGE;
    }
  }
}
