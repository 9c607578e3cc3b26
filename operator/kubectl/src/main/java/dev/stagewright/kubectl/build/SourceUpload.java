package dev.stagewright.kubectl.build;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.ContainerInput;
import dev.stagewright.kubectl.cluster.ContainerName;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.cluster.TaskContainer;
import dev.stagewright.kubectl.context.BuildContext;
import dev.stagewright.kubectl.context.ContextException;
import dev.stagewright.kubectl.progress.ProgressDisplay;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.stream.SourceStreamHeader;
import dev.stagewright.protocol.stream.SourceStreamWriter;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends the build context to each prepare container of a run, until one has received it and made
 * the plan.
 */
public record SourceUpload(
    BuildReader builds, StartedBuild started, BuildContext context, ProgressDisplay display) {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(300);
  private static final int BUFFER = 256 * 1024;

  /** Prepare stores what it has received before it says so. */
  private static final long RECEIPT_SECONDS = 600;

  private static final int MAX_FAILURES = 20;

  /**
   * Sends the context.
   *
   * @throws ContextException if a file cannot be read
   * @throws ClusterException if the user may not attach to Pods, or the API server fails
   */
  public void run()
      throws ClusterException, NotFoundException, ContextException, InterruptedException {
    Set<ContainerName> served = new HashSet<>();
    for (var failures = 0; ; Thread.sleep(POLL_INTERVAL)) {
      try {
        var snapshot = builds.snapshot(started.name());
        var status = started.status(snapshot.build());
        if (started.isReplacedIn(snapshot.build())
            || status.filter(SourceUpload::isPast).isPresent()) {
          return;
        }
        var prepare = status.flatMap(_ -> waiting(snapshot)).filter(it -> !served.contains(it));
        if (prepare.isPresent()) {
          send(prepare.get(), served);
        }
      } catch (ClusterException e) {
        if (!e.isTransient() || ++failures > MAX_FAILURES) {
          throw e;
        }
      }
    }
  }

  /** Whether the run needs no source any more. */
  private static boolean isPast(ImageBuildStatus status) {
    return status.hasEnded() || !status.stages().isEmpty();
  }

  private static Optional<ContainerName> waiting(BuildSnapshot snapshot) {
    return snapshot.pods().stream()
        .filter(pod -> pod.task().equals("prepare") && pod.state() == TaskContainer.State.RUNNING)
        .max(Comparator.comparingInt(TaskContainer::attempt))
        .map(TaskContainer::name);
  }

  private void send(ContainerName prepare, Set<ContainerName> served)
      throws ClusterException, ContextException, InterruptedException {
    var received = new CompletableFuture<Void>();
    try (var input =
        ContainerInput.attach(
            builds.client(),
            builds.namespace(),
            prepare,
            line -> {
              if (LogFrame.parse(line)
                  .filter(it -> it.kind() == LogFrame.Kind.SOURCE)
                  .isPresent()) {
                received.complete(null);
              }
            })) {
      served.add(prepare);
      write(input);
      awaitReceipt(received, input);
    } catch (ContainerInput.DisconnectedException e) {
      // The status says what has become of the run: a lost Pod has a successor.
      display.log(
          "",
          e.getMessage()
              + " while the build context was sent; it is sent again if the run has another Pod");
    } catch (IOException e) {
      throw new ContextException("the build context was not sent: " + e.getMessage());
    }
  }

  private void write(OutputStream input) throws IOException, ContextException {
    var stream =
        new SourceStreamWriter(
            new BufferedOutputStream(input, BUFFER), new SourceStreamHeader(context.dockerfile()));
    var tar = new TarWriter(new Counted(stream, context.bytes(), display));
    context.write(tar);
    tar.close();
    stream.finish();
    display.upload(context.bytes(), OptionalLong.of(context.bytes()));
  }

  /** A connection that is closed before the data has arrived would lose its end. */
  private static void awaitReceipt(CompletableFuture<Void> received, ContainerInput input)
      throws InterruptedException {
    try {
      CompletableFuture.anyOf(received, input.closed()).get(RECEIPT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // The status says what has become of the run.
    }
  }

  /** Reports how much was sent. */
  private static final class Counted extends FilterOutputStream {
    private final long total;
    private final ProgressDisplay display;
    private long sent;

    Counted(OutputStream out, long total, ProgressDisplay display) {
      super(out);
      this.total = total;
      this.display = display;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      sent += length;
      // The archive is larger than its files.
      display.upload(Math.min(sent, total), OptionalLong.of(total));
    }
  }
}
