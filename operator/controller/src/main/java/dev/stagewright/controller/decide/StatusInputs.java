package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.PlacementStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.QueueStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.ScanResult;
import dev.stagewright.protocol.Termination;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to say of a run; the status is made from it.
 *
 * @param reason in one word, for conditions
 * @param message in a sentence
 * @param queue where it waits for its turn; empty where it does not
 * @param plan once it is known
 * @param attempts by part
 * @param scan what the registry's scanner found, whether or not that let the image pass
 */
record StatusInputs(
    BuildPhase phase,
    String reason,
    String message,
    Optional<QueueStatus> queue,
    Optional<BuildPlan> plan,
    List<StageStatus> stages,
    Map<String, Integer> attempts,
    Optional<PlacementStatus> placement,
    Optional<SandboxStatus> sandbox,
    Optional<Termination.Pushed> pushed,
    Optional<ScanResult> scan,
    Optional<BuildFailure> failure) {}
