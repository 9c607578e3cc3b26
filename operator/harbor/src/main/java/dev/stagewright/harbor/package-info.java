/**
 * The client of Harbor's API version 2.0, for features that only Harbor has: projects and quotas,
 * immutable tags, labels, scans and SBOMs. {@link dev.stagewright.harbor.HarborClient} is the entry
 * point.
 *
 * <p>Objects that an account may not read are returned as empty, not as failures: robot accounts
 * often may only push.
 */
@NullMarked
package dev.stagewright.harbor;

import org.jspecify.annotations.NullMarked;
