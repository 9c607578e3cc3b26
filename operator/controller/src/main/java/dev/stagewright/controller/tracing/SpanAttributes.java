package dev.stagewright.controller.tracing;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/** The attributes of spans: those of the semantic conventions, and those of Stagewright. */
final class SpanAttributes {
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("k8s.namespace.name");
  static final AttributeKey<String> POD = AttributeKey.stringKey("k8s.pod.name");
  static final AttributeKey<String> POD_UID = AttributeKey.stringKey("k8s.pod.uid");
  static final AttributeKey<String> NODE = AttributeKey.stringKey("k8s.node.name");
  static final AttributeKey<String> CONTAINER = AttributeKey.stringKey("k8s.container.name");
  static final AttributeKey<String> PIPELINE = AttributeKey.stringKey("cicd.pipeline.name");
  static final AttributeKey<String> PIPELINE_RUN = AttributeKey.stringKey("cicd.pipeline.run.id");
  static final AttributeKey<String> RESULT = AttributeKey.stringKey("cicd.pipeline.result");
  static final AttributeKey<String> TASK = AttributeKey.stringKey("cicd.pipeline.task.name");
  static final AttributeKey<String> REVISION = AttributeKey.stringKey("vcs.ref.head.revision");
  static final AttributeKey<String> IMAGE = AttributeKey.stringKey("container.image.name");
  static final AttributeKey<List<String>> IMAGE_DIGESTS =
      AttributeKey.stringArrayKey("container.image.repo_digests");
  static final AttributeKey<String> DIGEST = AttributeKey.stringKey("oci.manifest.digest");

  static final AttributeKey<String> BUILD = AttributeKey.stringKey("stagewright.build");
  static final AttributeKey<String> BUILD_UID = AttributeKey.stringKey("stagewright.build.uid");
  static final AttributeKey<Long> GENERATION = AttributeKey.longKey("stagewright.generation");
  static final AttributeKey<Long> RUN = AttributeKey.longKey("stagewright.run");
  static final AttributeKey<String> TRIGGER = AttributeKey.stringKey("stagewright.trigger");
  static final AttributeKey<Long> STEPS = AttributeKey.longKey("stagewright.steps");
  static final AttributeKey<Long> CACHED_STEPS = AttributeKey.longKey("stagewright.cached_steps");
  static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("stagewright.attempt");
  static final AttributeKey<String> STAGE_ID = AttributeKey.stringKey("stagewright.stage.id");
  static final AttributeKey<String> STAGE = AttributeKey.stringKey("stagewright.stage.name");
  static final AttributeKey<String> STAGE_BASE = AttributeKey.stringKey("stagewright.stage.base");
  static final AttributeKey<String> STAGE_PHASE = AttributeKey.stringKey("stagewright.stage.phase");
  static final AttributeKey<String> STAGE_STEP = AttributeKey.stringKey("stagewright.stage.step");
  static final AttributeKey<String> RUNS_IN = AttributeKey.stringKey("stagewright.stage.runs_in");
  static final AttributeKey<String> CACHED = AttributeKey.stringKey("stagewright.stage.cached");
  static final AttributeKey<String> SANDBOX = AttributeKey.stringKey("stagewright.stage.sandbox");

  private SpanAttributes() {}
}
