package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.ScanOverview;
import dev.stagewright.protocol.Failure;
import java.util.Optional;

/**
 * How a scan, or the making of a bill of materials, ended.
 *
 * @param overview what Harbor said last; empty if it never said anything
 * @param failure why nothing came of it; empty if something did
 */
record ScanOutcome(Optional<ScanOverview> overview, Optional<Failure> failure) {}
