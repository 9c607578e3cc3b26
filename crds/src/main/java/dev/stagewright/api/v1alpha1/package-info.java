/**
 * The ImageBuild API, {@code stagewright.dev/v1alpha1}, as Java types.
 *
 * <p>The descriptions here become the CRD's schema and the API reference. As everywhere in
 * Kubernetes' own types an absent field is {@code null}; lists and maps are never null, and where
 * the schema has a default the types have the same one.
 */
@NullMarked
package dev.stagewright.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
