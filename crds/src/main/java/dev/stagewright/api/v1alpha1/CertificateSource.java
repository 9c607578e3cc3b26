package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Certificates in PEM, in a ConfigMap or Secret. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.configMap) != has(self.secret)",
    message = "exactly one of configMap and secret must be set")
public record CertificateSource(
    @JsonPropertyDescription("A ConfigMap in the same namespace.")
        @Nullable LocalReference configMap,
    @JsonPropertyDescription("A Secret in the same namespace.") @Nullable LocalReference secret,
    @JsonPropertyDescription("Which of its values.")
        @Default(CertificateSource.DEFAULT_KEY)
        @Size(min = 1, max = 253) String key) {

  /** The value that is taken where the spec does not say. */
  public static final String DEFAULT_KEY = "ca.crt";

  /** Fills in the schema's default. */
  public CertificateSource {
    key = key == null ? DEFAULT_KEY : key;
  }
}
