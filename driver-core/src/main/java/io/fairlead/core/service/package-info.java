/**
 * The services of the engine that APIs call, and the take-over of an earlier daemon's guests.
 *
 * <p>Lives here: definitions, lifecycle, access to running guests and their processes, snapshots, as one service each;
 * what a starting daemon goes on with. Not here: states ({@code core.domain}), the steps of a life ({@code core.life})
 * or of a change by snapshot ({@code core.snapshot.change}).
 *
 * <p>Threads: any; methods may block unless they say otherwise.
 */
package io.fairlead.core.service;
