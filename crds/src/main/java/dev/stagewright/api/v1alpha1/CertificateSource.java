package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** PEM-encoded certificates in a ConfigMap or Secret. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.configMap) != has(self.secret)",
    message = "exactly one of configMap and secret must be set")
public record CertificateSource(
    @JsonPropertyDescription("ConfigMap in the same namespace.") @Nullable LocalReference configMap,
    @JsonPropertyDescription("Secret in the same namespace.") @Nullable LocalReference secret,
    @JsonPropertyDescription("Key to select. Defaults to `ca.crt`.") @Size(min = 1, max = 253) String key) {

  /** The default key. */
  public static final String DEFAULT_KEY = "ca.crt";

  /** Replaces an absent key by the default. */
  public CertificateSource {
    key = key == null ? DEFAULT_KEY : key;
  }
}
