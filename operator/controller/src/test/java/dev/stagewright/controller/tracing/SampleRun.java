package dev.stagewright.controller.tracing;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.support.Builds;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** A run of two stages, one of which is cached, at several times. */
final class SampleRun {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** The last status before the end. */
  static final ImageBuildStatus ACTIVE =
      status(
          """
          observedGeneration: 3
          run: 5
          phase: Building
          startTime: '2026-11-21T10:00:10Z'
          conditions:
            - {type: Reconciling, status: 'True', lastTransitionTime: '2026-11-21T10:00:00Z', reason: Building, message: ''}
            - {type: Prepared, status: 'True', lastTransitionTime: '2026-11-21T10:00:20Z', reason: Prepared, message: ''}
          """);

  static final ImageBuildStatus SUCCEEDED =
      status(
          """
          observedGeneration: 3
          run: 5
          trigger: {type: Rebuild, message: m}
          phase: Succeeded
          startTime: '2026-11-21T10:00:10Z'
          completionTime: '2026-11-21T10:01:30Z'
          source: {commit: 0a1b2c}
          cache: {repository: r, cachedSteps: 3, steps: 5, savedDuration: 1s, savedBytes: 1}
          image: {reference: 'r.example.com/team/hello:1', digest: 'sha256:abc', size: 1, layers: 1, pinned: 'r.example.com/team/hello@sha256:abc'}
          conditions:
            - {type: Ready, status: 'True', lastTransitionTime: '2026-11-21T10:01:30Z', reason: Succeeded, message: ''}
            - {type: Reconciling, status: 'False', lastTransitionTime: '2026-11-21T10:01:30Z', reason: Succeeded, message: ''}
            - {type: Prepared, status: 'True', lastTransitionTime: '2026-11-21T10:00:20Z', reason: Prepared, message: ''}
            - {type: Built, status: 'True', lastTransitionTime: '2026-11-21T10:01:20Z', reason: Built, message: ''}
            - {type: Pushed, status: 'True', lastTransitionTime: '2026-11-21T10:01:30Z', reason: Pushed, message: ''}
          stages:
            - {id: s0, name: deps, base: scratch, phase: Succeeded, cached: All, cache: {cachedSteps: 3, steps: 3, savedDuration: 1s, savedBytes: 1}}
            - id: s1
              name: build
              base: golang@sha256:1
              pod: hello-5-s1
              runsIn: Pod
              node: node-2
              phase: Succeeded
              startTime: '2026-11-21T10:00:40Z'
              completionTime: '2026-11-21T10:01:20Z'
              step: 2/2 RUN make
              cached: None
          """);

  static final ImageBuildStatus FAILED =
      status(
          """
          observedGeneration: 3
          run: 5
          phase: Failed
          startTime: '2026-11-21T10:00:10Z'
          completionTime: '2026-11-21T10:01:20Z'
          failure: {reason: RunFailed, stage: build, line: 4, message: make failed}
          conditions:
            - {type: Prepared, status: 'True', lastTransitionTime: '2026-11-21T10:00:20Z', reason: Prepared, message: ''}
            - {type: Built, status: 'False', lastTransitionTime: '2026-11-21T10:01:20Z', reason: RunFailed, message: ''}
          stages:
            - {id: s1, name: build, base: b, phase: Failed, reason: RunFailed, message: exit code 2, startTime: '2026-11-21T10:00:40Z', completionTime: '2026-11-21T10:01:20Z'}
          """);

  private SampleRun() {}

  static ImageBuildStatus status(String yaml) {
    // Without the marker, the parser takes a flow mapping for JSON.
    return YAML.unmarshal("---\n" + yaml, ImageBuildStatus.class);
  }

  /** An ImageBuild without a status. */
  static ImageBuild build() {
    return Builds.hello();
  }

  static ImageBuild build(ImageBuildStatus status) {
    var build = build();
    build.setStatus(status);
    return build;
  }

  static List<Pod> pods() {
    return List.of(
        pod(
            """
            metadata:
              name: hello-5-worker
              uid: w
              creationTimestamp: '2026-11-21T10:00:11Z'
              labels: {stagewright.dev/part: worker, stagewright.dev/run: '5'}
            spec: {nodeName: node-1, containers: [{name: prepare}, {name: publish}]}
            status:
              conditions: [{type: PodScheduled, status: 'True', lastTransitionTime: '2026-11-21T10:00:12Z'}]
              containerStatuses:
                - {name: prepare, state: {terminated: {exitCode: 0, startedAt: '2026-11-21T10:00:15Z', finishedAt: '2026-11-21T10:00:20Z'}}}
                - {name: publish, state: {running: {startedAt: '2026-11-21T10:00:15Z'}}}
            """),
        pod(
            """
            metadata:
              name: hello-5-s1
              uid: s
              creationTimestamp: '2026-11-21T10:00:21Z'
              labels: {stagewright.dev/part: s1, stagewright.dev/run: '5', stagewright.dev/attempt: '2'}
            spec: {nodeName: node-2, containers: [{name: main}]}
            status:
              conditions: [{type: PodScheduled, status: 'True', lastTransitionTime: '2026-11-21T10:00:25Z'}]
              initContainerStatuses:
                - {name: runtime, state: {terminated: {exitCode: 0, startedAt: '2026-11-21T10:00:27Z', finishedAt: '2026-11-21T10:00:28Z'}}}
              containerStatuses:
                - {name: main, state: {terminated: {exitCode: 0, startedAt: '2026-11-21T10:00:40Z', finishedAt: '2026-11-21T10:01:20Z'}}}
            """),
        pod(
            """
            metadata:
              name: hello-4-s1
              uid: o
              creationTimestamp: '2026-11-21T09:00:21Z'
              labels: {stagewright.dev/part: s1, stagewright.dev/run: '4'}
            spec: {containers: [{name: main}]}
            """));
  }

  private static Pod pod(String yaml) {
    return YAML.unmarshal(yaml, Pod.class);
  }
}
