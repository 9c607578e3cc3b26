/**
 * The changes that users make to Pods: templates and the settings of single stages, which become
 * templates. A template is merged into a Pod by the rules of strategic merge patches. Before that
 * it is checked against the schema of Pods, the reserved fields and the operator's policy. All of
 * it consists of pure functions.
 */
@NullMarked
package dev.stagewright.controller.template;

import org.jspecify.annotations.NullMarked;
