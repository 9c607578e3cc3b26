package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the decisions about all stages in rounds: finds what is possible, secures the bytes, and
 * begins again without the records whose bytes are missing. Thread-safe.
 */
final class DecisionRounds {
  /** A registry that is slow, or does not answer, delays a build by at most this time. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final BuildPlan plan;
  private final StageKeyFinder keys;
  private final RecordLookup lookup;
  private final SecuredBytes bytes;
  private final DecisionFiles files;
  private final PrefixSearch prefixes;
  private final MadeDecisions made;
  private final Log log;
  private boolean started;
  private boolean isImageSought;

  DecisionRounds(
      BuildPlan plan,
      StageKeyFinder keys,
      RecordLookup lookup,
      SecuredBytes bytes,
      DecisionFiles files,
      PrefixSearch prefixes,
      MadeDecisions made,
      Log log) {
    this.plan = plan;
    this.keys = keys;
    this.lookup = lookup;
    this.bytes = bytes;
    this.files = files;
    this.prefixes = prefixes;
    this.made = made;
    this.log = log;
  }

  /**
   * Makes all decisions that are possible now: at the start, and after results of stages have
   * arrived.
   *
   * @throws IOException if a decision cannot be stored
   */
  synchronized void decide() throws IOException, InterruptedException {
    restore();
    if (made.areComplete() && !isImageSought) {
      findImage(made.all());
    }
    while (!made.areComplete()) {
      var decisions = possible(made.all());
      makeWithoutKnownSteps(decisions);
      var failed = make(plan.stages().stream().filter(made::isOpen).toList(), decisions);
      if (failed.isEmpty()) {
        break;
      }
      made.reject(failed);
    }
    made.reportKeys(made.all());
  }

  private Map<String, Decision> possible(Map<String, Decision> last) throws InterruptedException {
    return new PossibleDecisions(plan, keys, lookup).find(last, made.finished(), made.unusable());
  }

  private Set<String> make(List<StagePlan> stages, Map<String, Decision> decisions)
      throws IOException, InterruptedException {
    findImage(decisions);
    return new SecuringRound(
            plan,
            decisions,
            bytes,
            prefixes,
            (stage, decision, secured) -> made.make(stage, decision, secured, decisions),
            log)
        .run(stages);
  }

  private void findImage(Map<String, Decision> decisions) throws IOException, InterruptedException {
    isImageSought = true;
    bytes.findImage(decisions, keys);
  }

  /**
   * Decides anew about stages that have not started, if another build has written records in the
   * meantime that replace steps of theirs.
   *
   * @throws IOException if a decision cannot be stored
   */
  synchronized void lookAgain() throws IOException, InterruptedException {
    made.reportKeys(made.all());
    if (lookup.isPossible() && new RepeatedLookup(plan, made, lookup).find(waiting(), LIMIT)) {
      var failed = decideAnew();
      while (!failed.isEmpty()) {
        made.reject(failed);
        failed = decideAnew();
      }
      decide();
    }
  }

  private List<StagePlan> waiting() {
    return plan.stages().stream().filter(made::mayChange).toList();
  }

  private Set<String> decideAnew() throws IOException, InterruptedException {
    var waiting = waiting();
    var last = new HashMap<>(made.all());
    waiting.forEach(stage -> last.remove(stage.id()));
    var decisions = possible(last);
    var better = new ArrayList<StagePlan>();
    for (var stage : waiting) {
      var before = made.of(stage).orElseThrow();
      var after = Optional.ofNullable(decisions.get(stage.id())).orElseThrow();
      if (isBetter(after, before) && !made.conflictsWithImage(stage, after)) {
        better.add(stage);
      } else {
        decisions.put(stage.id(), before);
      }
    }
    // The operator must know what a stage has in common with other builds before it can start.
    made.reportKeys(decisions);
    return make(better, decisions);
  }

  private static boolean isBetter(Decision decision, Decision before) {
    return decision instanceof Decision.Complete
        || (decision instanceof Decision.Run run && run.known().count() > before.known().count());
  }

  /** A stage without known steps does not wait for the bytes of others. */
  private void makeWithoutKnownSteps(Map<String, Decision> decisions)
      throws IOException, InterruptedException {
    for (var stage : plan.stages()) {
      if (made.isOpen(stage)
          && decisions.get(stage.id()) instanceof Decision.Run run
          && run.known().count() == 0) {
        made.make(stage, run, Secured.NOTHING, decisions);
      }
    }
  }

  /**
   * Repeats what an earlier publish container of this run has decided and reported.
   *
   * @throws IOException if its decisions cannot be read
   */
  synchronized void restore() throws IOException, InterruptedException {
    if (started) {
      return;
    }
    started = true;
    plan.stages().stream().filter(files::hasResult).forEach(made::finish);
    for (var earlier : new EarlierDecisions(plan, keys, lookup, files).read()) {
      made.restore(earlier);
    }
  }
}
