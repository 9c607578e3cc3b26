package dev.stagewright.controller.config;

import dev.stagewright.api.v1alpha1.KubernetesQuantity;
import dev.stagewright.api.v1alpha1.Workspace.AccessMode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The property {@code cache.mounts} of the YAML file. Absent properties are null. */
record CacheMountsSection(
    @Nullable Boolean enabled,
    @Nullable String storageClassName,
    @Nullable Object size,
    @Nullable AccessMode accessMode,
    @Nullable Object sizeLimit) {

  /**
   * The configuration of the claim; empty if the operator creates none.
   *
   * @throws IllegalArgumentException if a value is invalid; the message names the property
   */
  Optional<CacheMountsConfig> toConfig() {
    if (enabled != null && !enabled) {
      return Optional.empty();
    }
    var requested = quantity("size", size == null ? CacheMountsConfig.DEFAULT_SIZE : size);
    return Optional.of(
        new CacheMountsConfig(
            Optional.ofNullable(storageClassName).filter(name -> !name.isEmpty()),
            requested,
            accessMode == null ? AccessMode.ReadWriteOnce : accessMode,
            sizeLimit == null
                ? CacheMountsConfig.defaultLimit(bytes("size", requested))
                : bytes("sizeLimit", quantity("sizeLimit", sizeLimit))));
  }

  private static Quantity quantity(String property, Object value) {
    try {
      return KubernetesQuantity.read(value, KubernetesQuantity.BYTES);
    } catch (IllegalArgumentException e) {
      throw invalid(property, e);
    }
  }

  private static long bytes(String property, Quantity quantity) {
    try {
      return quantity.getNumericalAmount().longValueExact();
    } catch (ArithmeticException e) {
      throw invalid(property, e);
    }
  }

  private static IllegalArgumentException invalid(String property, RuntimeException cause) {
    return new IllegalArgumentException(
        "cache.mounts." + property + ": " + cause.getMessage(), cause);
  }
}
