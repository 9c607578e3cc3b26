/**
 * The objects of a run as Kubernetes has them: Pods, claim, ConfigMaps. Pure functions of a run's
 * spec, its plan and the operator's configuration.
 */
@NullMarked
package dev.stagewright.controller.pods;

import org.jspecify.annotations.NullMarked;
