package dev.stagewright.bench.compare.breakdown;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Notes when the status of ImageBuilds changes, and reports the end of their runs. */
public final class BuildObserver implements ResourceEventHandler<ImageBuild> {
  private final Map<String, CompletableFuture<ImageBuildStatus>> ends = new ConcurrentHashMap<>();
  private final Map<String, Observed> changes = new ConcurrentHashMap<>();

  /** The status of a build when it has ended. */
  public CompletableFuture<ImageBuildStatus> end(String name) {
    return ends.computeIfAbsent(name, _ -> new CompletableFuture<>());
  }

  /** The changes of the status of a build. */
  Observed changes(String name) {
    return changes.computeIfAbsent(name, _ -> new Observed());
  }

  @Override
  public void onAdd(ImageBuild build) {
    see(build);
  }

  @Override
  public void onUpdate(ImageBuild before, ImageBuild build) {
    see(build);
  }

  @Override
  public void onDelete(ImageBuild build, boolean isStateUnknown) {}

  private void see(ImageBuild build) {
    var name = build.getMetadata().getName();
    var status = build.getStatus();
    if (status == null) {
      return;
    }
    var observed = changes(name);
    if (status.phase() != null) {
      observed.see("phase " + status.phase());
    }
    status.stages().forEach(stage -> observed.see("stage " + stage.name() + ": " + stage.phase()));
    if (status.hasEnded()) {
      end(name).complete(status);
    }
  }
}
