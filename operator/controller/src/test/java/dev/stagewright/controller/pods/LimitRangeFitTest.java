package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitRangeFitTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final String WORKER = "requests: {cpu: 50m, memory: 96Mi}, limits: {memory: 1Gi}";
  private static final String STAGE = "requests: {cpu: 100m, memory: 128Mi}";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        WORKER + "; max: {memory: 512Mi}; 96Mi; 512Mi",
        WORKER + "; max: {memory: 64Mi}; 64Mi; 64Mi",
        WORKER + "; min: {memory: 256Mi}; 256Mi; 1Gi",
        WORKER + "; maxLimitRequestRatio: {memory: '2'}; 512Mi; 1Gi",
        STAGE + "; default: {memory: 100Mi}; 100Mi; none",
        STAGE + "; min: {memory: 256Mi}; 256Mi; none",
        STAGE + "; max: {memory: 256Mi}; 128Mi; 256Mi",
        "'requests: {memory: 700Mi}, limits: {memory: 2Gi}'; max: {memory: 512Mi}; 700Mi; 2Gi",
      })
  void defaultsAreAdaptedToTheLimitRange(
      String resources, String limits, String request, String limit) {
    var fitted = fit(resources.replace("'", ""), limits);

    var main = fitted.getSpec().getContainers().getFirst().getResources();
    assertThat(memory(main.getRequests())).contains(amount(new Quantity(request)));
    assertThat(memory(main.getLimits()))
        .isEqualTo(
            Optional.of(limit)
                .filter(it -> !it.equals("none"))
                .map(it -> amount(new Quantity(it))));
  }

  private static Optional<Long> memory(Map<String, Quantity> quantities) {
    return Optional.ofNullable(quantities.get("memory")).map(LimitRangeFitTest::amount);
  }

  @Test
  void userValuesAreNotChanged() {
    var resources = "requests: {memory: 1Gi}, limits: {memory: 1Gi}";

    var fitted = fit("labels: {stagewright.dev/stage: s0}", resources, "max: {memory: 512Mi}");

    var main = fitted.getSpec().getContainers().getFirst().getResources();
    assertThat(memory(main.getLimits())).contains(amount(new Quantity("1Gi")));
    assertThat(memory(main.getRequests())).contains(amount(new Quantity("1Gi")));
  }

  @Test
  void cpuIsRoundedToThousandths() {
    var fitted = fit(STAGE, "max: {cpu: 50m}");

    var main = fitted.getSpec().getContainers().getFirst().getResources();
    assertThat(main.getRequests()).containsEntry("cpu", new Quantity("50m"));
    assertThat(main.getLimits()).containsEntry("cpu", new Quantity("50m"));
  }

  private static long amount(Quantity quantity) {
    return quantity.getNumericalAmount().longValueExact();
  }

  private static Pod fit(String resources, String limits) {
    return fit("", resources, limits);
  }

  private static Pod fit(String metadata, String resources, String limits) {
    var pod =
        YAML.unmarshal(
            "---\n{apiVersion: v1, kind: Pod, metadata: {"
                + metadata
                + "}, spec: {containers: [{name: main, resources: {"
                + resources
                + "}}]}}",
            Pod.class);
    var range =
        YAML.unmarshal(
            "---\n{apiVersion: v1, kind: LimitRange, spec: {limits: [{type: Container, "
                + limits
                + "}]}}",
            LimitRange.class);
    return new LimitRangeFit(List.of(range)).fit(pod);
  }
}
