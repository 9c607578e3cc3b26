package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Storage for cache mounts that lasts longer than a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.claimName) || self.scope != 'None'",
    message = "claimName has no effect if scope is None")
public record CacheMounts(
    @JsonPropertyDescription(
            "Name of a PersistentVolumeClaim in the same namespace. It is mounted only in"
                + " stages with cache mounts. Builds that use the same claim share their caches."
                + " Defaults to the claim that the operator's configuration provides for the"
                + " namespace. Without such a claim, caches are stored in the workspace and last"
                + " for one run.")
        @Size(min = 1, max = 253) @Nullable String claimName,
    @JsonPropertyDescription(
            "Builds that share the IDs of caches. `Namespace` shares them between all builds that"
                + " use the same claim. `Build` separates them by the name of the ImageBuild."
                + " `None` stores caches in the workspace, so that they last for one run.")
        @Default("Namespace")
        Scope scope,
    @JsonPropertyDescription(
            "Size of all caches on the claim above which a stage evicts the caches that were used"
                + " longest ago. On the claim of the operator's configuration, the smaller limit of"
                + " the two applies. On another claim, caches are not evicted if this is not set.")
        @ValidationRule(
            value =
                "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
            message =
                "must be a quantity of bytes greater than 0, such as 500Mi, 10Gi or 10737418240")
        @Nullable Quantity sizeLimit) {

  /** The default: the claim of the operator's configuration. */
  public static final CacheMounts DEFAULT = new CacheMounts(null, Scope.Namespace, null);

  /** Applies the defaults of the schema. */
  public CacheMounts {
    scope = scope == null ? Scope.Namespace : scope;
  }

  /** The builds that share the IDs of caches. */
  public enum Scope {
    /** All builds that use the same claim. */
    Namespace,
    /** The runs of one ImageBuild. */
    Build,
    /** The stages of one run. */
    None
  }
}
