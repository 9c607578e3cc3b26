package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxReason;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.SandboxChoice;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.Refusal;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.template.PodTemplates;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StagePlan;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which sandbox the stages of a run get.
 *
 * <p>What is asked for is given, or the build fails. {@code auto} tries user namespaces where the
 * versions of the cluster promise them; when the API server refuses such a Pod, or a node cannot
 * start it, all that is still to come of the run goes in place.
 *
 * @param waitingReason why the cluster cannot do user namespaces; empty where it can
 */
record SandboxSelection(
    Observation observed, OperatorConfig config, Optional<String> waitingReason) {

  /** What comes before each stage that has another sandbox than the run. */
  private static final String OTHER = "; stage ";

  /** The one kind that will do, and who says so. */
  private record Wish(SandboxKind kind, String who) {}

  /**
   * The sandbox of one stage.
   *
   * @param auto whether another would do as well
   * @param why as a clause
   */
  record StageChoice(SandboxKind kind, boolean auto, String why) {}

  /** Whether a stage may go in place where a user namespace is not to be had. */
  boolean isAuto(Task task) {
    return stage(task).map(stage -> of(stage).auto()).orElseGet(() -> wish().isEmpty());
  }

  /** What a part's Pod gets. */
  Optional<StageChoice> of(Task task) {
    return stage(task).map(this::of);
  }

  private Optional<StagePlan> stage(Task task) {
    return task instanceof Task.Stage(var id)
        ? stages().filter(stage -> stage.id().equals(id)).findFirst()
        : Optional.empty();
  }

  /** What this stage gets, and why. */
  StageChoice of(StagePlan stage) {
    var wish = wish(stage);
    if (wish.isPresent()) {
      return new StageChoice(wish.get().kind(), false, wish.get().who());
    }
    var chosen = automatic();
    return kind(chosen) == SandboxKind.USER_NAMESPACE && goesInPlace(stage)
        ? new StageChoice(SandboxKind.IN_PLACE, true, stage.needsInPlace().orElse(""))
        : new StageChoice(kind(chosen), true, chosen.message());
  }

  private boolean goesInPlace(StagePlan stage) {
    return stage.needsInPlace().isPresent()
        && config.allowedSandboxes().contains(SandboxKind.IN_PLACE);
  }

  private Optional<Wish> wish(StagePlan stage) {
    var own =
        new PodTemplates(observed.spec())
            .settings(stage)
            .flatMap(settings -> Optional.ofNullable(settings.sandbox()).map(it -> settings));
    return own.isEmpty() ? wish() : own.flatMap(this::wish);
  }

  private Optional<Wish> wish(StageSettings settings) {
    var field = field(settings);
    return Optional.ofNullable(settings.sandbox())
        .flatMap(choice -> wish(choice, field + " asks for it"))
        .or(this::onlyOneAllowed);
  }

  private static String field(StageSettings settings) {
    return "spec.stages[" + settings.name() + "].sandbox";
  }

  SandboxKind kind() {
    return kind(ofRun());
  }

  private static SandboxKind kind(SandboxStatus status) {
    return SandboxKind.named(status.kind()).orElse(SandboxKind.IN_PLACE);
  }

  /** What is chosen, and why; with the stages that have another. */
  SandboxStatus status() {
    var run = ofRun();
    var others =
        stages()
            .filter(stage -> of(stage).kind() != kind(run))
            .map(stage ->
                OTHER + stage.name() + " is " + of(stage).kind().apiName() + ": " + of(stage).why())
            .collect(Collectors.joining());
    return new SandboxStatus(run.kind(), run.reason(), run.message() + others);
  }

  private SandboxStatus ofRun() {
    return wish()
        .map(wish -> status(wish.kind(), SandboxReason.Requested, wish.who()))
        .orElseGet(this::automatic);
  }

  private SandboxStatus automatic() {
    var chosen = chosenBefore().orElseGet(this::byVersions);
    return kind(chosen) == SandboxKind.IN_PLACE ? chosen : refused().orElse(chosen);
  }

  private Optional<Wish> wish() {
    return Stream.of(
            wish(observed.spec().sandbox(), "spec.sandbox asks for it"),
            wish(config.sandbox(), "the operator's configuration asks for it"),
            onlyOneAllowed())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Wish> wish(SandboxChoice choice, String who) {
    return SandboxKind.named(choice.name()).map(kind -> new Wish(kind, who));
  }

  private Optional<Wish> onlyOneAllowed() {
    return config.allowedSandboxes().size() == 1
        ? Optional.of(
            new Wish(
                config.allowedSandboxes().iterator().next(),
                "the operator's configuration allows no other"))
        : Optional.empty();
  }

  /** What was chosen for the run's stages, where nobody asked for one. */
  private Optional<SandboxStatus> chosenBefore() {
    return observed
        .previous()
        .flatMap(before -> Optional.ofNullable(before.sandbox()))
        .filter(before -> before.reason() != SandboxReason.Requested)
        .map(before ->
            new SandboxStatus(before.kind(), before.reason(), before.message().split(OTHER, 2)[0]));
  }

  private SandboxStatus byVersions() {
    return waitingReason
        .map(why ->
            status(
                SandboxKind.IN_PLACE,
                SandboxReason.Unavailable,
                "not every node can give Pods user namespaces: " + why))
        .orElseGet(() ->
            status(
                SandboxKind.USER_NAMESPACE,
                SandboxReason.Available,
                "the cluster can give Pods user namespaces"));
  }

  private Optional<SandboxStatus> refused() {
    var byApiServer = stageRefusals().map(Refusal::message);
    var byNode = observed.pods().stream().flatMap(pod -> SandboxRefusal.of(pod).stream());
    return Stream.concat(byApiServer, byNode)
        .findFirst()
        .map(why ->
            status(
                SandboxKind.IN_PLACE,
                SandboxReason.Refused,
                "a Pod with a user namespace was refused: " + why));
  }

  private static SandboxStatus status(SandboxKind kind, SandboxReason reason, String message) {
    return new SandboxStatus(kind.apiName(), reason, message);
  }

  /** What makes a wish impossible. */
  Optional<Failure> problem() {
    var ofStages =
        observed.spec().stages().stream()
            .filter(settings -> settings.sandbox() != null)
            .flatMap(
                settings -> wish(settings).flatMap(wish -> problem(field(settings), wish)).stream())
            .findFirst();
    return ofStages.or(() -> wish().flatMap(wish -> problem("spec.sandbox", wish)));
  }

  private Optional<Failure> problem(String field, Wish wish) {
    return config.allowedSandboxes().contains(wish.kind())
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                FailureReason.SandboxUnavailable,
                "%s is %s, but the operator's configuration allows only %s"
                    .formatted(
                        field,
                        wish.kind().apiName(),
                        config.allowedSandboxes().stream()
                            .map(SandboxKind::apiName)
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * The observation as parts are to be judged by: where the API server's refusal of a stage's Pod
   * has just changed the sandbox, it passes, since the next Pod will be another.
   */
  Observation assessable() {
    var isNew = chosenBefore().map(before -> kind(before) != kind(automatic())).orElse(true);
    if (automatic().reason() != SandboxReason.Refused || !isNew) {
      return observed;
    }
    var refusals = new LinkedHashMap<>(observed.refusals());
    inUserNamespaces()
        .map(StagePlan::id)
        .forEach(id -> refusals.computeIfPresent(id, (_, refusal) -> refusal.ofSandbox()));
    return observed.withRefusals(refusals);
  }

  private Stream<Refusal> stageRefusals() {
    return inUserNamespaces()
        .flatMap(stage -> Optional.ofNullable(observed.refusals().get(stage.id())).stream())
        .filter(refusal -> !refusal.passing() && refusal.mayBeOfSandbox());
  }

  /** Stages that {@code auto} gives a user namespace, unless it is refused. */
  private Stream<StagePlan> inUserNamespaces() {
    return stages().filter(stage -> wish(stage).isEmpty() && !goesInPlace(stage));
  }

  private Stream<StagePlan> stages() {
    return observed.knownPlan().stream().flatMap(plan -> plan.stages().stream());
  }
}
