package dev.stagewright.controller.config;

import static dev.stagewright.controller.config.OperatorConfig.orDefault;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An element of {@code registries} of the YAML file. Absent properties are null. */
record RegistryEntry(
    @Nullable String host,
    boolean plainHttp,
    @Nullable String mirror,
    @Nullable Map<String, String> rewrites,
    @Nullable String caBundle,
    @Nullable String tls,
    @Nullable String proxy,
    @Nullable String chunkSize) {

  RegistryConfig toConfig() {
    return new RegistryConfig(
        orDefault(host, ""),
        plainHttp,
        Optional.ofNullable(mirror),
        orDefault(rewrites, Map.of()),
        Optional.ofNullable(caBundle),
        Optional.ofNullable(tls),
        Optional.ofNullable(proxy),
        Optional.ofNullable(chunkSize).map(this::bytes));
  }

  private long bytes(String size) {
    try {
      return Quantity.getAmountInBytes(Quantity.parse(size)).longValueExact();
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "registries: chunkSize of %s must be a quantity such as 20Mi, but is '%s'"
              .formatted(host, size),
          e);
    }
  }
}
