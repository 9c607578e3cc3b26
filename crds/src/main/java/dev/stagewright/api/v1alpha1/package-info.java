/**
 * The ImageBuild API, {@code stagewright.dev/v1alpha1}, as Java types.
 *
 * <p>The schema of the CRD and the API reference are generated from the descriptions of these
 * types. As in the types of Kubernetes, an absent field is {@code null}. Lists and maps are never
 * null, and fields with a default in the schema have the same default in the types.
 */
@NullMarked
package dev.stagewright.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
