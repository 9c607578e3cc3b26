/**
 * A stand-in for Harbor, for tests of what talks to Harbor: registry, token service and the parts
 * of its API that a builder of images uses, in memory, on the loopback interface or any other.
 *
 * <p>Where the answers of a real Harbor 2.16 are known they are given byte for byte; its tests
 * quote them. It is strict where Harbor is, and where Harbor surprises it surprises. {@link
 * dev.stagewright.harbor.standin.HarborStandIn} is the way in.
 */
@NullMarked
package dev.stagewright.harbor.standin;

import org.jspecify.annotations.NullMarked;
