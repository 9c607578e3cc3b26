package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.ScanOverview;
import dev.stagewright.protocol.Failure;
import java.util.Optional;

/**
 * The outcome of a scan or an SBOM generation.
 *
 * @param overview the last overview of Harbor; empty if there was none
 * @param failure why the scan failed; empty on success
 */
record ScanOutcome(Optional<ScanOverview> overview, Optional<Failure> failure) {}
