package dev.stagewright.controller.support;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.LogFrame.Kind;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What publish prints while it builds {@code hello} with a cache. */
public final class PublishLog {
  /** Why steps are not known. */
  public static final String MISSED = "COPY /x: x changed";

  private final Walk walk;
  private final List<String> published = new ArrayList<>();

  /** The log of a build that has printed nothing yet. */
  public PublishLog(Walk walk) {
    this.walk = walk;
  }

  /** The stage {@code builder} with three steps, and a target that copies from it. */
  public static BuildPlan builderAndTarget() {
    var plan = Plans.builderAndTarget();
    return Plans.of(Plans.withSteps(plan.stage("s0"), 3), plan.stage("s1"));
  }

  /** The image of {@link #inImage}. */
  public static final ImageReference PREFIX_IMAGE =
      ImageReference.parse("registry.example.com/team/hello/cache@sha256:" + "ab".repeat(32));

  /** A build with a cache whose stages are about to run. */
  public static Walk prepared(ImageBuild build, BuildPlan plan) {
    return Walk.prepared(build, plan, Builds.cachingConfig());
  }

  /** The first publish container prints these lines, and the operator reconciles. */
  public void print(String... lines) {
    printInPod("hello-1-worker", lines);
  }

  /** The publish container of this Pod prints all lines so far and these. */
  public void printInPod(String pod, String... lines) {
    published.addAll(List.of(lines));
    walk.cluster().log(pod + "/publish", String.join("\n", published) + "\n");
    walk.reconcile();
  }

  /** No step of a stage is known. */
  public static String nothingOf(String stage) {
    return known(stage, 0);
  }

  /** The first steps of a stage are known; each took two seconds and has ten bytes. */
  public static String known(String stage, int steps) {
    return frame(
        new StageCache(stage, steps, false, steps * 2000L, steps * 10L, Optional.of(MISSED)));
  }

  /** The first steps of a stage are known, and there is an image with their layers. */
  public static String inImage(String stage, int steps) {
    return frame(
        new StageCache(stage, steps, false, steps * 2000L, steps * 10L, Optional.of(MISSED))
            .withPrefix(Optional.of(new PrefixImage(PREFIX_IMAGE, steps))));
  }

  /** The first steps of a stage are known, and other builds may have records with these keys. */
  public static String shared(String stage, int steps, String... keys) {
    return frame(
        new StageCache(stage, steps, false, steps * 2000L, steps * 10L, Optional.empty())
            .withKeys(List.of(keys), List.of(keys)));
  }

  /** The same, of a build whose cache is read-only. */
  public static String readingOnly(String stage, String... keys) {
    return frame(
        new StageCache(stage, 0, false, 0, 0, Optional.empty()).withKeys(List.of(keys), List.of()));
  }

  /** All steps of a stage and its files are known. */
  public static String allOf(String stage, int steps) {
    return frame(new StageCache(stage, steps, true, 62_000, 312, Optional.empty()));
  }

  private static String frame(StageCache cache) {
    return LogFrame.format(Kind.CACHE, Json.write(cache));
  }

  /** The result of a stage is on the workspace. */
  public static String outcome(String stage) {
    return LogFrame.format(
        Kind.STAGE, Json.write(new StageOutcome(stage, 1, 1000, 24, Optional.empty())));
  }

  /** The image is in the registry. */
  public static String pushed(boolean isUnchanged) {
    var unchanged = isUnchanged ? Optional.of(true) : Optional.<Boolean>empty();
    var result =
        new Termination.Pushed(Digest.of(new byte[0]), 12345, 3, 0, Optional.empty(), unchanged);
    return LogFrame.format(Kind.RESULT, Json.write((Record) result));
  }
}
