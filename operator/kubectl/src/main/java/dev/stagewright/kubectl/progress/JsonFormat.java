package dev.stagewright.kubectl.progress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.kubectl.progress.ProgressEvent.Ended;
import dev.stagewright.kubectl.progress.ProgressEvent.Finished;
import dev.stagewright.kubectl.progress.ProgressEvent.Logged;
import dev.stagewright.kubectl.progress.ProgressEvent.Noticed;
import dev.stagewright.kubectl.progress.ProgressEvent.PhaseStarted;
import dev.stagewright.kubectl.progress.ProgressEvent.StagesEnded;
import dev.stagewright.kubectl.progress.ProgressEvent.Started;
import dev.stagewright.kubectl.progress.ProgressEvent.Transferred;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The format of {@code --progress json}: one object a line. */
record JsonFormat(InstantSource clock) implements ProgressFormat {
  private static final double MILLIS = 1000;

  @Override
  public List<String> format(ProgressEvent event) {
    var object = JsonNodeFactory.instance.objectNode();
    object.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    object.put("event", name(event));
    switch (event) {
      case PhaseStarted(var build, var run, var phase) ->
          object.put("build", build).put("run", run).put("phase", phase.name());
      case StagesEnded(var ended, var total) -> object.put("ended", ended).put("total", total);
      case Started(var step) -> add(step, object).put("title", step.title());
      case Logged(var step, var after, var text) ->
          add(step, object).put("seconds", seconds(after)).put("text", text);
      case Transferred(var step, var after, var bytes, var total) -> {
        add(step, object).put("seconds", seconds(after)).put("bytes", bytes);
        total.ifPresent(value -> object.put("total", value));
      }
      case Ended(var step, var outcome, var took, var message) -> {
        add(step, object)
            .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
            .put("seconds", seconds(took));
        if (!message.isEmpty()) {
          object.put("message", message);
        }
      }
      case Noticed(var task, var text) -> {
        task.ifPresent(it -> object.put("task", it));
        object.put("text", text);
      }
      case Finished(var build, var status, var took) -> {
        object.put("build", build).put("run", status.runNumber());
        object.put("phase", String.valueOf(status.phase())).put("seconds", seconds(took));
        addResult(status, object);
      }
    }
    return List.of(object.toString());
  }

  private static String name(ProgressEvent event) {
    return switch (event) {
      case PhaseStarted _ -> "phase";
      case StagesEnded _ -> "stages";
      case Started _ -> "started";
      case Logged _ -> "log";
      case Transferred _ -> "transfer";
      case Ended _ -> "ended";
      case Noticed _ -> "notice";
      case Finished _ -> "finished";
    };
  }

  private static ObjectNode add(Step step, ObjectNode object) {
    return object.put("step", step.number()).put("task", step.task());
  }

  private static void addResult(ImageBuildStatus status, ObjectNode object) {
    var image = status.image();
    if (image != null) {
      object.put("image", image.reference()).put("digest", image.digest());
    }
    if (status.failure() != null) {
      addFailure(status.failure(), object.putObject("failure"));
    }
  }

  private static void addFailure(BuildFailure failure, ObjectNode object) {
    object.put("reason", failure.reason()).put("message", failure.message());
    if (failure.stage() != null) {
      object.put("stage", failure.stage());
    }
    if (failure.instruction() != null) {
      object.put("instruction", failure.instruction());
    }
    if (failure.line() != null) {
      object.put("line", failure.line());
    }
    if (failure.exitCode() != null) {
      object.put("exitCode", failure.exitCode());
    }
    var log = object.putArray("log");
    failure.logTail().forEach(log::add);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
