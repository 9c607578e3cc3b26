package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.worker.plan.Addition;
import java.util.List;

/**
 * What is going to be built.
 *
 * @param plan for stages and push
 * @param additions what prepare itself has to fetch for it
 */
record Planned(BuildPlan plan, List<Addition> additions) {}
