package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** The volume of a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Workspace(
    @JsonPropertyDescription("Storage class of the claim. Default: the cluster's default class.")
        @Size(min = 1, max = 253) @Nullable String storageClassName,
    @JsonPropertyDescription(
            "Size of the claim. It holds the build context, the files that stages copy from each"
                + " other, and the new layers of the image.")
        @Default(Workspace.DEFAULT_SIZE)
        @ValidationRule(
            value =
                "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
            message =
                "must be a quantity of bytes greater than 0, such as 500Mi, 10Gi or 10737418240")
        Quantity size,
    @JsonPropertyDescription(
            "`ReadWriteOnce` keeps all Pods of a run on one node; `ReadWriteMany` lets them spread"
                + " over nodes, where the storage class can do it.")
        @Default("ReadWriteOnce")
        AccessMode accessMode,
    @JsonPropertyDescription(
            "When the claim is deleted: `AfterRun`, or `WithBuild` to look into it after a failure.")
        @Default("AfterRun")
        Reclaim reclaim) {

  /** The size of a workspace that names none. */
  public static final String DEFAULT_SIZE = "10Gi";

  /** The workspace of a build that says nothing about it. */
  public static final Workspace DEFAULT =
      new Workspace(null, new Quantity(DEFAULT_SIZE), AccessMode.ReadWriteOnce, Reclaim.AfterRun);

  /** Fills in the schema's defaults. */
  public Workspace {
    size = size == null ? new Quantity(DEFAULT_SIZE) : size;
    accessMode = accessMode == null ? AccessMode.ReadWriteOnce : accessMode;
    reclaim = reclaim == null ? Reclaim.AfterRun : reclaim;
  }

  /** When a workspace goes. */
  public enum Reclaim {
    /** As soon as its run is over. */
    AfterRun,
    /** With the ImageBuild, or when its next run begins. */
    WithBuild
  }

  /** Who may mount a workspace. */
  public enum AccessMode {
    /** Pods of one node. */
    ReadWriteOnce,
    /** Pods of any node. */
    ReadWriteMany
  }
}
