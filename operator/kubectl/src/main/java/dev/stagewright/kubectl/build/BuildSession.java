package dev.stagewright.kubectl.build;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.cluster.BuildEditor;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.context.BuildContext;
import dev.stagewright.kubectl.context.ContextException;
import dev.stagewright.kubectl.progress.BuildFollower;
import dev.stagewright.kubectl.progress.ProgressDisplay;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;

/**
 * Follows a run until its end, and sends its context meanwhile.
 *
 * @param display is not closed
 */
public record BuildSession(BuildReader builds, StartedBuild started, ProgressDisplay display) {
  /** An operator answers within seconds, unless there is none. */
  private static final Duration OPERATOR_TIMEOUT = Duration.ofMinutes(2);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  /** Another client has started another run of the ImageBuild. */
  public static final class ReplacedException extends Exception {
    private static final long serialVersionUID = 1L;

    ReplacedException(String name) {
      super("another client has started another run of the build " + name);
    }
  }

  /** No operator has noticed the build. */
  public static final class NoOperatorException extends Exception {
    private static final long serialVersionUID = 1L;

    NoOperatorException(String name) {
      super(
          ("no operator has processed the build %s within %d minutes; check whether Stagewright is"
                  + " installed and watches the namespace")
              .formatted(name, OPERATOR_TIMEOUT.toMinutes()));
    }
  }

  /**
   * Follows the run. If the context cannot be sent, the run is cancelled.
   *
   * @param context to send; empty if the cluster fetches the source
   */
  public BuildEnd follow(Optional<BuildContext> context)
      throws ClusterException,
          NotFoundException,
          ContextException,
          ReplacedException,
          NoOperatorException,
          InterruptedException {
    awaitOperator();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var watch = new Watch(display, Thread.currentThread());
      var upload = context.map(it -> executor.submit(() -> upload(it, watch)));
      try {
        new BuildFollower(builds, watch).follow(started.name());
      } catch (InterruptedException e) {
        watch.throwProblem();
        throw e;
      } finally {
        upload.ifPresent(it -> it.cancel(true));
      }
      watch.throwProblem();
      var last = builds.build(started.name());
      var status = started.status(last);
      if (status.isEmpty()) {
        throw new ReplacedException(started.name());
      }
      return new BuildEnd(last, status.get());
    }
  }

  /** Waits until the operator has noticed the run: before that, the status is that of another. */
  private void awaitOperator()
      throws ClusterException,
          NotFoundException,
          ReplacedException,
          NoOperatorException,
          InterruptedException {
    for (var since = Instant.now(); ; Thread.sleep(POLL_INTERVAL)) {
      try {
        var current = builds.build(started.name());
        if (started.isReplacedIn(current)) {
          throw new ReplacedException(started.name());
        }
        if (started.status(current).isPresent()) {
          return;
        }
      } catch (ClusterException e) {
        if (!e.isTransient() || Instant.now().isAfter(since.plus(OPERATOR_TIMEOUT))) {
          throw e;
        }
      }
      if (Instant.now().isAfter(since.plus(OPERATOR_TIMEOUT))) {
        cancel();
        throw new NoOperatorException(started.name());
      }
    }
  }

  /** Sends the context, and does not wait for the end of the run. */
  public void send(BuildContext context)
      throws ClusterException, NotFoundException, ContextException, InterruptedException {
    try {
      new SourceUpload(builds, started, context, display).run();
    } catch (ClusterException | NotFoundException | ContextException e) {
      cancel();
      throw e;
    }
  }

  /** Sends the context. The follower reports a failure when the run has been cancelled. */
  private void upload(BuildContext context, Watch watch) {
    try {
      new SourceUpload(builds, started, context, watch).run();
    } catch (ClusterException | NotFoundException | ContextException e) {
      watch.setProblem(e);
      cancelAfterFailure(watch);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancelAfterFailure(Watch watch) {
    try {
      cancel();
    } catch (ClusterException | NotFoundException _) {
      watch.end();
    }
  }

  /** Cancels the run, unless it has ended. */
  public void cancel() throws ClusterException, NotFoundException {
    var current = builds.build(started.name());
    if (started.isReplacedIn(current)
        || started.status(current).filter(status -> status.hasEnded()).isPresent()) {
      return;
    }
    new BuildEditor(builds)
        .annotate(
            started.name(), ImageBuild.CANCEL_ANNOTATION, Long.toString(started.run(current)));
  }

  /** A display that notices if the run is not the current one. */
  private final class Watch implements ProgressDisplay {
    private final ProgressDisplay shown;
    private final Thread follower;
    private Optional<Exception> problem = Optional.empty();

    Watch(ProgressDisplay shown, Thread follower) {
      this.shown = shown;
      this.follower = follower;
    }

    @Override
    public void show(ImageBuild build) {
      if (started.isReplacedIn(build)) {
        end(new ReplacedException(started.name()));
      } else {
        shown.show(build);
      }
    }

    private void end(Exception why) {
      setProblem(why);
      end();
    }

    void end() {
      follower.interrupt();
    }

    synchronized void setProblem(Exception why) {
      problem = problem.or(() -> Optional.of(why));
    }

    synchronized void throwProblem()
        throws ReplacedException, ClusterException, NotFoundException, ContextException {
      switch (problem.orElse(null)) {
        case ReplacedException e -> throw e;
        case ClusterException e -> throw e;
        case NotFoundException e -> throw e;
        case ContextException e -> throw e;
        case null, default -> {}
      }
    }

    @Override
    public void log(String task, String line) {
      shown.log(task, line);
    }

    @Override
    public void upload(long sent, OptionalLong total) {
      shown.upload(sent, total);
    }

    @Override
    public void close() {}
  }
}
