package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.worker.plan.RemoteSource;
import java.util.List;

/**
 * What is going to be built.
 *
 * @param plan for stages and push
 * @param additions what prepare itself has to fetch for it
 */
record PrepareResult(BuildPlan plan, List<RemoteSource> additions) {}
