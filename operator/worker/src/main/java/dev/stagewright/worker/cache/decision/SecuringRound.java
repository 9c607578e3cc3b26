package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.worker.Log;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Secures the bytes of all stages with known steps, in parallel. A decision is made only when its
 * bytes are secured, and those of the stages that it relies on.
 */
final class SecuringRound {
  private final BuildPlan plan;
  private final Map<String, Decision> decisions;
  private final SecuredBytes bytes;
  private final PrefixSearch prefixes;
  private final Maker maker;
  private final Log log;
  private final RequiredBytes required;
  private final Map<String, CompletableFuture<Boolean>> secured = new HashMap<>();
  private final Map<String, Secured> results = new ConcurrentHashMap<>();

  /** Makes decisions; called by several threads. */
  @FunctionalInterface
  interface Maker {
    /**
     * Makes a decision.
     *
     * @throws IOException if it cannot be stored
     */
    void make(StagePlan stage, Decision decision, Secured secured)
        throws IOException, InterruptedException;
  }

  /**
   * Creates a round.
   *
   * @param decisions decisions about all stages, by the id of the stage
   * @param prefixes finds the images that stages can start from
   * @param maker receives the decisions whose bytes are secured
   */
  SecuringRound(
      BuildPlan plan,
      Map<String, Decision> decisions,
      SecuredBytes bytes,
      PrefixSearch prefixes,
      Maker maker,
      Log log) {
    this.plan = plan;
    this.decisions = decisions;
    this.bytes = bytes;
    this.prefixes = prefixes;
    this.maker = maker;
    this.log = log;
    this.required = new RequiredBytes(plan, decisions);
  }

  /**
   * Secures and makes the decisions about these stages.
   *
   * @return ids of stages whose bytes could not be secured; decisions that rely on them are not
   *     made
   * @throws IOException if a decision cannot be stored
   */
  Set<String> run(List<StagePlan> stages) throws IOException, InterruptedException {
    var open =
        stages.stream()
            .filter(stage ->
                switch (decision(stage.id())) {
                  case Decision.Run _, Decision.Complete _ -> true;
                  case Decision.Wait _, Decision.LookUp _ -> false;
                })
            .toList();
    if (open.isEmpty()) {
      return Set.of();
    }
    open.forEach(stage -> secured.put(stage.id(), new CompletableFuture<>()));
    var tasks = open.stream().<Callable<Boolean>>map(stage -> () -> secure(stage)).toList();
    var _ = new ParallelTasks(tasks.size()).run(tasks);
    var failed = new HashSet<String>();
    secured.forEach((id, success) -> {
      if (!success.resultNow()) {
        failed.add(id);
      }
    });
    if (failed.isEmpty()) {
      makeComplete(open);
    }
    return failed;
  }

  private boolean secure(StagePlan stage) throws IOException, InterruptedException {
    var success = trySecure(stage);
    future(stage.id()).complete(success);
    if (success && decision(stage.id()) instanceof Decision.Run run && isReliable(stage)) {
      maker.make(stage, run, secured(stage));
      bytes.push(stage, run.known());
    }
    return success;
  }

  private boolean trySecure(StagePlan stage) throws InterruptedException {
    try {
      var decision = decision(stage.id());
      var image = prefixes.find(stage, decision, decisions);
      results.put(stage.id(), bytes.secure(stage, decision, required, image));
      return true;
    } catch (IOException | RuntimeException e) {
      log.print("[" + stage.name() + "] cached steps cannot be used: " + e.getMessage());
      return false;
    }
  }

  /** Whether the bytes of all complete stages that a stage reads are secured. */
  private boolean isReliable(StagePlan stage) throws InterruptedException {
    for (var id : stage.needs()) {
      if (decision(id) instanceof Decision.Complete
          && !(isSecured(id) && isReliable(plan.stage(id)))) {
        return false;
      }
    }
    return true;
  }

  /** A decision that was made before is secured. */
  private boolean isSecured(String id) throws InterruptedException {
    try {
      return !secured.containsKey(id) || future(id).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes the decisions about complete stages. The users of a stage come first: the result of the
   * stage may lack what only they would need, so it must not be final before they are.
   */
  private void makeComplete(List<StagePlan> open) throws IOException, InterruptedException {
    for (var stage : open.reversed()) {
      if (decision(stage.id()) instanceof Decision.Complete complete) {
        maker.make(stage, complete, secured(stage));
      }
    }
  }

  private Secured secured(StagePlan stage) {
    return Optional.ofNullable(results.get(stage.id())).orElseThrow();
  }

  private Decision decision(String id) {
    return Optional.ofNullable(decisions.get(id)).orElseThrow();
  }

  private CompletableFuture<Boolean> future(String id) {
    return Optional.ofNullable(secured.get(id)).orElseThrow();
  }
}
