package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** The volume that the Pods of a run share. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Workspace(
    @JsonPropertyDescription(
            "StorageClass of the claim. Defaults to the default StorageClass of the cluster.")
        @Size(min = 1, max = 253) @Nullable String storageClassName,
    @JsonPropertyDescription(
            "Size of the claim. It stores the build context, the files that stages copy from"
                + " each other, and the new layers of the image.")
        @Default(Workspace.DEFAULT_SIZE)
        @ValidationRule(
            value =
                "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
            message =
                "must be a quantity of bytes greater than 0, such as 500Mi, 10Gi or 10737418240")
        Quantity size,
    @JsonPropertyDescription(
            "Access mode of the claim. `ReadWriteOnce` keeps all Pods of a run on one node."
                + " `ReadWriteMany` allows them to run on several nodes, if the StorageClass"
                + " supports it.")
        @Default("ReadWriteOnce")
        AccessMode accessMode,
    @JsonPropertyDescription(
            "When the claim is deleted. `AfterRun` deletes it at the end of the run."
                + " `WithBuild` keeps it until the ImageBuild is deleted or its next run starts,"
                + " for example to inspect it after a failure.")
        @Default("AfterRun")
        Reclaim reclaim) {

  /** The default size. */
  public static final String DEFAULT_SIZE = "10Gi";

  /** The default workspace. */
  public static final Workspace DEFAULT =
      new Workspace(null, new Quantity(DEFAULT_SIZE), AccessMode.ReadWriteOnce, Reclaim.AfterRun);

  /** Applies the defaults of the schema. */
  public Workspace {
    size = size == null ? new Quantity(DEFAULT_SIZE) : size;
    accessMode = accessMode == null ? AccessMode.ReadWriteOnce : accessMode;
    reclaim = reclaim == null ? Reclaim.AfterRun : reclaim;
  }

  /** When a workspace is deleted. */
  public enum Reclaim {
    /** At the end of its run. */
    AfterRun,
    /** Together with the ImageBuild, or when its next run starts. */
    WithBuild
  }

  /** Access modes of a workspace. */
  public enum AccessMode {
    /** Only Pods on one node can mount it. */
    ReadWriteOnce,
    /** Pods on all nodes can mount it. */
    ReadWriteMany
  }
}
