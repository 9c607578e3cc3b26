/**
 * What only Harbor has, through its API version 2.0: projects and their quotas, immutable tags,
 * labels, scans and bills of materials. {@link dev.stagewright.harbor.HarborClient} is the way in.
 *
 * <p>What an account may not see is empty, and no failure: robot accounts often may do little more
 * than push.
 */
@NullMarked
package dev.stagewright.harbor;

import org.jspecify.annotations.NullMarked;
