// Written by npm run gen from the OpenAPI document of the service. Do not edit.
/** @hidden */
export interface paths {
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists who changed what, the newest first, and verifies the chain of all lines. */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists deployments, newest first. */
        get: operations["listDeployments"];
        put?: never;
        /** Deploys models beside or in place of those that serve; they are loaded and tested first. */
        post: operations["createDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A deployment. */
        get: operations["getDeployment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Aliases whose versions are deployed whenever they are moved. */
        get: operations["listFollowedAliases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/aliases/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Deploys what an alias stands for, and from then on whatever it comes to stand for. */
        put: operations["followAlias"];
        post?: never;
        /** Follows an alias no more; what serves goes on serving. */
        delete: operations["unfollowAlias"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How each model that serves fares: its share, requests in work, and failures among the last ones. */
        get: operations["getDeploymentHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes back to what served before. */
        post: operations["rollBackDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/detection/detect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finds the faces of a picture; with face_plugins=calculator their embeddings too. */
        post: operations["detectFaces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists API keys, the newest first; those that have ended, too. */
        get: operations["listKeys"];
        put?: never;
        /** Makes an API key; its text is in this answer alone. */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes an API key: it is refused from the next request on, and its sessions end. */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists people with a face of each, searched and sorted, page by page. */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the renamings, merges and splits that can be undone, the last one first. */
        get: operations["listNameChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Finds bad pictures, duplicates, wrong names and look-alikes among the people; changes nothing. */
        get: operations["examineGallery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes one subject of several who are the same person. */
        post: operations["mergeSubjects"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives some of a subject’s faces to another subject, a new one or one that is there. */
        post: operations["splitSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undoes the last renaming, merge or split. */
        post: operations["undoNameChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/embeddings/faces/{image_id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compares embeddings with that of an enrolled face, the most alike first. */
        post: operations["verifyEmbeddingsWithFace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/embeddings/recognize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says whose embeddings these are. */
        post: operations["recognizeEmbeddings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/faces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists faces, page by page. */
        get: operations["listFaces"];
        put?: never;
        /** Enrols the one face of a picture. */
        post: operations["addFaceExample"];
        /** Removes a subject with all faces; everybody where none is named, with an admin key. */
        delete: operations["deleteFacesOfSubject"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/faces/{image_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a face. */
        delete: operations["deleteFace"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/faces/{image_id}/img": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The aligned face that was enrolled, as JPEG. */
        get: operations["getFaceImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/faces/{image_id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compares the faces of a picture with an enrolled one. */
        post: operations["verifyWithFace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/faces/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Removes faces; ids that are not there are passed over. */
        post: operations["deleteFaces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/recognize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says who is in a picture. */
        post: operations["recognizeFaces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/rejections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what was said, the oldest first. */
        get: operations["listRejections"];
        put?: never;
        /** Remembers that the one face of a picture is not a subject’s: faces more like it than like theirs are no match. */
        post: operations["rejectSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/rejections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes one back: it may be them after all. */
        delete: operations["takeBackRejection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/subjects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names everybody. */
        get: operations["listSubjects"];
        put?: never;
        /** Names a subject; a face can be enrolled without this. */
        post: operations["addSubject"];
        /** Removes everybody. */
        delete: operations["deleteAllSubjects"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recognition/subjects/{subject}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Renames a subject; where the name is taken the two become one. */
        put: operations["renameSubject"];
        post?: never;
        /** Removes a subject with all faces. */
        delete: operations["deleteSubject"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the unknown faces that were kept, grouped by person, with who they may be. */
        get: operations["getReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review/{group}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The group is this subject: the clearest faces are enrolled. */
        post: operations["acceptUnknown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review/{group}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nobody is asked about the group any more, nor about whoever comes and is like it. */
        post: operations["dismissUnknown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review/{group}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Other groups are the same person as this one. */
        post: operations["mergeUnknown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review/{group}/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The group is somebody new: the clearest faces are enrolled under the name. */
        post: operations["nameUnknown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review/{group}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The group is not this subject, and faces more like it than like theirs are not either. */
        post: operations["rejectUnknown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review/{group}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** These faces of the group are somebody else’s: they become a group of their own. */
        post: operations["splitUnknown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review/faces/{face}/img": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An unknown face, as it was cut out. */
        get: operations["getUnknownFace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the newest answer back, with what was enrolled or rejected by it. */
        post: operations["undoReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in; null where nobody is. */
        get: operations["getSession"];
        put?: never;
        /** Begins a session of twelve hours: the answer sets a cookie that stands for the key. */
        post: operations["signIn"];
        /** Ends the session. */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What serves. */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the service is: readiness, requests and their times, memory, disks, models with licences. */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What `semblance doctor` finds on the machine of the service; none where it was started without. */
        get: operations["checkSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verification/embeddings/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compares one embedding with others, the most alike first. */
        post: operations["verifyEmbeddings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verification/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compares the face of one picture with all faces of another. */
        post: operations["verifyFaces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists collections: the one that is deployed first, the others by name. */
        get: operations["listCollections"];
        put?: never;
        /** Makes an empty collection of the recognizer that serves most requests. */
        post: operations["createCollection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/collections/{collection}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A collection, with its settings and how many it knows. */
        get: operations["getCollection"];
        put?: never;
        post?: never;
        /** Deletes a collection with everybody in it. */
        delete: operations["deleteCollection"];
        options?: never;
        head?: never;
        /** Changes settings: null takes one away, what is left out stays. */
        patch: operations["updateCollection"];
        trace?: never;
    };
    "/api/v2/collections/{collection}/subjects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists subjects, with a sample or without, searched and sorted, page by page. */
        get: operations["listCollectionSubjects"];
        put?: never;
        /** Makes a subject, who stays until they are erased, with a sample or without. */
        post: operations["createCollectionSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/collections/{collection}/subjects/{subject}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A subject with what is known of them. */
        get: operations["getCollectionSubject"];
        put?: never;
        post?: never;
        /** Erases a subject with all samples and all that was said of them. */
        delete: operations["deleteCollectionSubject"];
        options?: never;
        head?: never;
        /** Changes what is known of a subject, or renames them: null takes away, what is left out stays. */
        patch: operations["updateCollectionSubject"];
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers. */
        get: operations["checkLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests are taken, and what they change can be written; 503 where not. */
        get: operations["checkReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers in Prometheus’ text form. */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-comparisons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Puts versions side by side: parameters, metrics with their best, data, code, and groups that differ in seeds alone. */
        get: operations["compareTrainingVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-configs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists templates. */
        get: operations["listTrainingTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-configs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A template. */
        get: operations["getTrainingTemplate"];
        /** Keeps how a version is made as a template; one of that name is replaced. */
        put: operations["saveTrainingTemplate"];
        post?: never;
        /** Deletes a template. */
        delete: operations["deleteTrainingTemplate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How versions did on sets: error rates at operating points, those on their way included. */
        get: operations["listTrainingEvaluations"];
        put?: never;
        /** Begins to measure the models of versions on one set: a version of a job for each. */
        post: operations["createTrainingEvaluations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions as server-sent events: `version` with its state, `metrics` of those that run, `gone`. */
        get: operations["streamTrainingEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-sweeps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists sweeps, newest first. */
        get: operations["listTrainingSweeps"];
        put?: never;
        /** Makes a version for each of many values: every combination of a grid, with values that are drawn. */
        post: operations["createTrainingSweep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-sweeps/{sweep}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a sweep stands: its rungs, and which version is the best. */
        get: operations["getTrainingSweep"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-sweeps/{sweep}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a sweep, and stops all of its versions that wait or run. */
        post: operations["stopTrainingSweep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a version can be asked to do, with the options of each. */
        get: operations["listTrainingTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-job-tasks/{task}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task with its parameters as they are where nothing is set: of a training those of its recipe. */
        get: operations["getTrainingTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists jobs, each with its newest version. */
        get: operations["listTrainingJobs"];
        put?: never;
        /** Creates a job with its first version, or a further version of a job. */
        post: operations["createTrainingJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Aliases of a job: which version is production, … */
        get: operations["listTrainingAliases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/aliases/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Lets an alias stand for a version. */
        put: operations["setTrainingAlias"];
        post?: never;
        /** Takes an alias away. */
        delete: operations["deleteTrainingAlias"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the versions of a job, newest first. */
        get: operations["listTrainingVersions"];
        put?: never;
        /** Makes a version from an earlier one; what the body leaves out is as it was there. */
        post: operations["createTrainingVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version as it is now, with code, data and machine, and what it is connected with. */
        get: operations["getTrainingVersion"];
        /** Changes what is said of a version: description, note, tags, star, pin. */
        put: operations["updateTrainingVersion"];
        post?: never;
        /** Deletes a version. */
        delete: operations["deleteTrainingVersion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file that a version left, held against its SHA-256. */
        get: operations["getTrainingArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/curves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures over the steps of the run so far, by name: [step, value]. */
        get: operations["getTrainingCurves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The states that a version went through, oldest first, each with its reason. */
        get: operations["listTrainingEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/log/file-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The logs of a version, one for each worker. */
        get: operations["listTrainingLogFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of a log, or the lines that hold a keyword. */
        get: operations["getTrainingLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/logs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A log as server-sent events: `log` with pieces of text, `state`, `end`. */
        get: operations["streamTrainingLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/metrics/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics as server-sent events: `point` with name, step and value, `state`, `end`. */
        get: operations["streamTrainingMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Queues a version again that failed, was stopped or lost: it goes on from its last checkpoint. */
        post: operations["resumeTrainingVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a version. */
        post: operations["stopTrainingVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{project}/training-jobs/{job}/versions/{version}/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** CPU, memory and GPU use of a version over time. */
        get: operations["getTrainingSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this server is. */
        get: operations["getInferenceServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server is live. */
        get: operations["checkInferenceLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server is ready. */
        get: operations["checkInferenceReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names and shapes of a model’s inputs and outputs. */
        get: operations["getModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{model}/infer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs a model. */
        post: operations["inferModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{model}/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a model is ready. */
        get: operations["checkModelReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{model}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names and shapes of a model’s inputs and outputs. */
        get: operations["getModelVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{model}/versions/{version}/infer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs a model. */
        post: operations["inferModelVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{model}/versions/{version}/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a model is ready. */
        get: operations["checkModelVersionReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
/** @hidden */
export type webhooks = Record<string, never>;
/** @hidden */
export interface components {
    schemas: {
        /** @description Two people and their most similar faces. */
        AlikeSubjects: {
            image_ids: string[];
            similarity: number;
            subjects: string[];
        };
        /** @description An API key, without its text, which is kept nowhere. */
        ApiKey: {
            createdAt: string;
            expiresAt: string | null;
            id: string;
            /** @description What it is for. */
            label: string;
            revokedAt: string | null;
            /** @enum {string} */
            role: "read" | "enrol" | "admin";
            /** @enum {string} */
            state: "active" | "expired" | "revoked";
        };
        /** @description A change that has begun, is done, or has failed. */
        AuditEntry: {
            action: string;
            /** @description The id of a key, `the service` or `the command line`. */
            by: string;
            faces?: number[];
            /** @description Its number in the file, from 1. */
            line: number;
            /** @description `begun`, `done`, or `failed` with a code. */
            outcome: string;
            reqId: string | null;
            /** @description What a name is hashed to. */
            subject?: string;
            /** @description A deployment or a key. */
            target?: string;
            time: string;
            /** @description The same of the new name. */
            to?: string;
        };
        /**
         * @description Where a face is, in pixels of the picture.
         * @example {
         *       "probability": 0.99871,
         *       "x_min": 548,
         *       "y_min": 295,
         *       "x_max": 1420,
         *       "y_max": 1368
         *     }
         */
        Box: {
            /** @description How sure the detector is, 0 to 1. */
            probability: number;
            x_max: number;
            x_min: number;
            y_max: number;
            y_min: number;
        };
        /**
         * @description People who are searched together, and how.
         * @example {
         *       "name": "front-door",
         *       "description": "Everybody with a key.",
         *       "model": "mobilefacenet-3f2a9c51d0be",
         *       "is_deployed": true,
         *       "embedding_size": 512,
         *       "threshold": 0.42,
         *       "threshold_basis": "FPIR 1 % by the recognizer’s curve at 180 faces",
         *       "detection": {
         *         "min_face": 40
         *       },
         *       "min_quality": null,
         *       "margin": null,
         *       "capacity": {
         *         "subjects": 500
         *       },
         *       "retention_days": 365,
         *       "score": "max",
         *       "subjects": 60,
         *       "samples": 180,
         *       "created_at": "2026-11-29T08:15:00.000Z"
         *     }
         */
        Collection: {
            capacity: {
                samples?: number;
                subjects?: number;
            } | null;
            created_at: string;
            description: string | null;
            detection: {
                /** @description Most faces of a picture. */
                max_faces?: number;
                /** @description Pixels of the shorter side of a face. */
                min_face?: number;
                /** @description Least score of the detector, 0 to 1. */
                score_threshold?: number;
            } | null;
            embedding_size: number;
            /** @description Whether that recognizer serves: without it nobody is searched or enrolled here. */
            is_deployed: boolean;
            margin: number | null;
            min_quality: number | null;
            /** @description The recognizer whose embeddings it holds. */
            model: string;
            name: string;
            retention_days: number | null;
            samples: number;
            /** @description How alike a subject is: as their most similar sample, or as the mean of their n most similar ones. */
            score: "max" | {
                mean_of_top: number;
            };
            /** @description With a sample or without. */
            subjects: number;
            threshold: number;
            /** @description How the threshold was found. */
            threshold_basis: string;
        };
        /** @description What serves, served, or failed to, and why. */
        Deployment: {
            before: string | null;
            createdAt: string;
            entries: {
                detector: string;
                gallery: string | null;
                name: string;
                recognizer: string;
                weight: number;
            }[];
            id: string;
            progress: {
                done?: number;
                total?: number;
            } | null;
            reason: string | null;
            state: string;
        };
        DetectedFace: {
            box: components["schemas"]["Box"];
            /** @description With `face_plugins=calculator`. */
            embedding?: number[];
            execution_time?: components["schemas"]["ExecutionTime"];
            /** @description Five points [x, y] in pixels: left eye, right eye, nose, left and right corner of the mouth. */
            landmarks: number[][];
            /** @description 0 to 1; null where no embedding was asked for. */
            quality: number | null;
        };
        /** @description What was wrong, for people and for programs. */
        Error: {
            /** @description CompreFace’s number; 0 where it has none. */
            code: number;
            /** @description Our code, by which programs decide. */
            error: string;
            /** @description One sentence about this very case. */
            message: string;
        };
        /** @description Milliseconds of each step; with `status=true`. */
        ExecutionTime: {
            calculator: number;
            decode: number;
            detector: number;
            search: number;
        };
        /** @description What makes a gallery mistake people. */
        GalleryCheckup: {
            /** @description Faces that were compared with all others: fewer than there are in a large gallery. */
            compared: number;
            duplicates: {
                faces: {
                    image_id: string;
                    /** @description The name of the photo it was cut from, where that is known. */
                    photo: string | null;
                    subject: string;
                }[];
                /** @description Where not, one of the names is wrong. */
                is_one_subject: boolean;
                /** @enum {string} */
                kind: "same_content" | "near_identical";
            }[];
            faces: number;
            /** @description Different people who look alike. */
            look_alikes: components["schemas"]["AlikeSubjects"][];
            /** @description Faces whose picture was measured. */
            measured: number;
            /** @description Faces that are more like somebody else. */
            mislabels: {
                image_id: string;
                /** @description Whom it is most like. */
                other: string;
                other_image_id: string;
                other_similarity: number;
                /** @description The name of the photo it was cut from, where that is known. */
                photo: string | null;
                /** @description To the most similar other face of their own. */
                similarity: number;
                subject: string;
            }[];
            /** @enum {string} */
            mode: "off" | "standard" | "strict";
            /** @description People with one photo. */
            one_photo: string[];
            /** @description Faces that are like nobody, and hardly like their own. */
            outliers: {
                image_id: string;
                /** @description The name of the photo it was cut from, where that is known. */
                photo: string | null;
                similarity: number;
                subject: string;
            }[];
            /** @description Pictures that are not good enough. */
            photos: {
                findings: {
                    limit: number;
                    message: string;
                    /** @description What to do about it. */
                    next: string;
                    problem: string;
                    value: number;
                }[];
                image_id: string;
                /** @description The name of the photo it was cut from, where that is known. */
                photo: string | null;
                subject: string;
            }[];
            subjects: number;
            threshold: number;
            /** @description People who are probably one. */
            two_names: components["schemas"]["AlikeSubjects"][];
        };
        GivenTensorInput: {
            data?: unknown[];
            datatype: string;
            name: string;
            parameters?: {
                binary_data_size?: number;
            };
            shape: number[];
        };
        /** @description What was wrong, as the Open Inference Protocol has it. */
        InferenceError: {
            /** @description One sentence about this very case. */
            error: string;
        };
        /** @description What was wrong, as ModelArts has it. */
        JobError: {
            /** @description Our code, by which programs decide. */
            error_code: string;
            /** @description One sentence about this very case. */
            error_msg: string;
            /** @enum {boolean} */
            is_success: false;
        };
        /** @description States of versions, and figures of those that run, as they change. */
        JobEvent: {
            data: {
                job_name: string;
                pre_version_id: number | null;
                reason: string;
                /** @enum {string} */
                state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                step: string | null;
                sweep: {
                    id: number;
                    index: number;
                    rung: number;
                } | null;
                version_id: number;
                version_name: string;
            };
            /** @constant */
            event: "version";
        } | {
            data: {
                job_name: string;
                metrics: {
                    [key: string]: number;
                };
                progress: {
                    share: number;
                    step: number;
                    totalSteps: number;
                } | null;
                version_id: number;
                version_name: string;
            };
            /** @constant */
            event: "metrics";
        } | {
            /** @description It was deleted. */
            data: {
                job_name: string;
                version_id: number;
                version_name: string;
            };
            /** @constant */
            event: "gone";
        } | {
            data: Record<string, never>;
            /** @constant */
            event: "end";
        };
        /** @description Pieces of a log, then the state of the version, then the end. */
        LogEvent: {
            data: {
                text: string;
            };
            /** @constant */
            event: "log";
        } | {
            data: {
                reason: string;
                /** @enum {string} */
                state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
            };
            /** @constant */
            event: "state";
        } | {
            data: Record<string, never>;
            /** @constant */
            event: "end";
        };
        /** @description Points of curves as they come, states, and the end. */
        MetricEvent: {
            data: {
                name: string;
                step: number;
                value: number;
            };
            /** @constant */
            event: "point";
        } | {
            data: {
                reason: string;
                /** @enum {string} */
                state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
            };
            /** @constant */
            event: "state";
        } | {
            data: Record<string, never>;
            /** @constant */
            event: "end";
        };
        /** @description A change of who is called what, which can be undone. */
        NameChange: {
            /** @description When, in ISO 8601. */
            at: string;
            /** @description How many. */
            faces: number;
            /** @description Whose the faces were. */
            from: string[];
            /** @enum {string} */
            kind: "rename" | "merge" | "split";
            /** @description Whose they are since. */
            to: string;
        };
        /** @description Somebody the gallery knows. */
        Person: {
            /** @description How many faces of theirs are enrolled. */
            faces: number;
            /** @description The face that was enrolled last; null where there is none. */
            imageId: string | null;
            subject: string;
        };
        /** @description The models by their ids; with `status=true`. */
        PluginVersions: {
            calculator: string;
            detector: string;
        };
        /**
         * @description A face, and whose it is.
         * @example {
         *       "box": {
         *         "probability": 0.99871,
         *         "x_min": 548,
         *         "y_min": 295,
         *         "x_max": 1420,
         *         "y_max": 1368
         *       },
         *       "landmarks": [
         *         [
         *           812,
         *           701
         *         ],
         *         [
         *           1190,
         *           688
         *         ],
         *         [
         *           1004,
         *           930
         *         ],
         *         [
         *           836,
         *           1095
         *         ],
         *         [
         *           1175,
         *           1082
         *         ]
         *       ],
         *       "quality": 0.91,
         *       "subjects": [
         *         {
         *           "subject": "Ada",
         *           "similarity": 0.83127
         *         }
         *       ],
         *       "threshold": 0.42,
         *       "reason": null,
         *       "strangers": 2.3e-7
         *     }
         */
        RecognizedFace: {
            box: components["schemas"]["Box"];
            /** @description With `face_plugins=calculator`. */
            embedding?: number[];
            execution_time?: components["schemas"]["ExecutionTime"];
            /** @description Five points [x, y] in pixels: left eye, right eye, nose, left and right corner of the mouth. */
            landmarks: number[][];
            /** @description 0 to 1. */
            quality: number;
            /** @description Why there is no subject: below_threshold, ambiguous, low_quality, not_this_person, empty_gallery, no_gallery. */
            reason: string | null;
            /** @description Share of strangers who would be as similar to somebody of the gallery as the face is to the nearest, where measured. */
            strangers: number | null;
            subjects: components["schemas"]["SubjectHit"][];
            threshold: number | null;
        };
        /**
         * @description It was said of a face that it is not this subject’s.
         * @example {
         *       "id": 3,
         *       "subject": "Ada",
         *       "created_at": "2026-11-29T08:15:00.000Z"
         *     }
         */
        Rejection: {
            created_at: string;
            id: number;
            subject: string;
        };
        /** @description What was answered about a group of unknown faces. */
        ReviewAnswer: {
            /** @enum {string} */
            action: "accept" | "reject" | "merge" | "split" | "dismiss";
            at: string;
            /** @description Whether the subject came with it. */
            isNew: boolean;
            subject: string | null;
        };
        /** @description Unknown faces that are one person’s, as far as is known. */
        ReviewGroup: {
            /** @description Groups that may be the same person’s, the most alike first. */
            alike: {
                group: number;
                similarity: number;
            }[];
            /** @description The clearest first. */
            faces: {
                at: string;
                id: number;
                quality: number;
            }[];
            firstAt: string;
            id: number;
            lastAt: string;
            /** @description How many faces came that are in it; the clearest are kept. */
            seen: number;
            /** @description The most similar subjects, at most five, without those who it was said not to be. */
            suggestions: {
                /** @description The enrolled face that is most like it. */
                imageId: string;
                similarity: number;
                /** @description Share of strangers who would be as similar, where measured. */
                strangers: number | null;
                subject: string;
            }[];
            /** @description The queue is in order of it: how much an answer settles. */
            usefulness: number;
        };
        /** @description Somebody who signed in with a key. */
        Session: {
            /** @description Goes as `x-csrf-token` with every request that changes something. */
            csrfToken: string;
            expiresAt: string;
            /** @description The id of the key. */
            key: string;
            /** @description What the key is for. */
            label: string;
            /** @enum {string} */
            role: "read" | "enrol" | "admin";
        };
        /**
         * @description An enrolled face.
         * @example {
         *       "image_id": "42",
         *       "subject": "Ada"
         *     }
         */
        StoredFace: {
            image_id: string;
            subject: string;
        };
        /**
         * @description Somebody a collection knows.
         * @example {
         *       "subject": "Ada",
         *       "external_id": "E-1815",
         *       "metadata": {
         *         "floor": 3
         *       },
         *       "consent": {
         *         "basis": "contract",
         *         "given_at": "2026-11-29T00:00:00.000Z",
         *         "by": "HR"
         *       },
         *       "expires_at": "2027-11-29T08:15:00.000Z",
         *       "created_at": "2026-11-29T08:15:00.000Z",
         *       "samples": 2
         *     }
         */
        Subject: {
            consent: {
                /** @description By what right they are known, in your own words. */
                basis: string;
                /** @description Who gave it, or took it down. */
                by?: string | null;
                /** @description ISO 8601. */
                given_at: string;
            } | null;
            created_at: string;
            /** @description When they are erased, by their own time or by the retention. */
            expires_at: string | null;
            external_id: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
            samples: number;
            subject: string;
        };
        /**
         * @description Somebody a face may be.
         * @example {
         *       "subject": "Ada",
         *       "similarity": 0.83127
         *     }
         */
        SubjectHit: {
            /** @description Cosine of the two embeddings, −1 to 1. */
            similarity: number;
            subject: string;
        };
        /** @description How the service is, and what it serves by. */
        System: {
            cores: number;
            disks: {
                freeBytes: number;
                path: string;
                totalBytes: number;
                what: string;
            }[];
            galleries: {
                faces: number;
                modelId: string;
                path: string;
                subjects: number;
                threshold: number;
            }[];
            memory: {
                freeBytes: number;
                totalBytes: number;
                usedBytes: number;
            };
            models: {
                architecture: string;
                createdAt: string;
                deployments: string[];
                id: string;
                /** @description Who may use it; null for a model of one’s own. */
                license: {
                    name: string;
                    restriction: string | null;
                    trainedOn: string | null;
                    url: string | null;
                } | null;
                /** @description A name of the catalogue, or a file. */
                origin: string | null;
                path: string;
                sha256: string;
                sizeBytes: number;
                task: string;
                threshold: {
                    basis: string;
                    value: number;
                } | null;
            }[];
            node: string;
            /** @description Why `/health/ready` says no; null where it says yes. */
            refusal: {
                code: string;
                message: string;
            } | null;
            requests: {
                done: number;
                /** @description 5xx. */
                failed: number;
                /** @description 4xx. */
                refused: number;
                /** @description Workers that ended and were replaced. */
                replaced: {
                    count: number;
                    reason: string;
                }[];
                routes: {
                    count: number;
                    meanMs: number;
                    p50Ms: number;
                    p95Ms: number;
                    route: string;
                }[];
                /** @description Sent away so that others are served. */
                shed: {
                    count: number;
                    reason: string;
                }[];
                /** @description Stages of an answer. */
                stages: {
                    count: number;
                    meanMs: number;
                    p50Ms: number;
                    p95Ms: number;
                    stage: string;
                }[];
            };
            startedAt: string;
            version: string;
        };
        /** @description Numbers in `data`, or as bytes behind the JSON. */
        Tensor: {
            data?: unknown[];
            datatype: string;
            name: string;
            parameters?: {
                binary_data_size: number;
            };
            shape: number[];
        };
        TensorPlace: {
            datatype: string;
            name: string;
            /** @description −1 for a size that may vary. */
            shape: number[];
        };
        /** @description How a version did on a set. */
        TrainingEvaluation: {
            /** @description The version that measures it; null where a command did. */
            by: string | null;
            fingerprint: string;
            /** @description `fnmrAtFmr.0.001`, `eer`, `accuracy`, with 95 % intervals. */
            metrics: {
                [key: string]: {
                    interval?: number[];
                    value: number;
                } & {
                    [key: string]: unknown;
                };
            };
            /** @description What it judged worst; with `misses=true`. */
            misses: ({
                first: string;
                /** @description Both in small, as data URLs. */
                pictures: string[];
                same: boolean;
                second: string;
                similarity: number;
            } & {
                [key: string]: unknown;
            })[];
            reason: string;
            set: string;
            /** @enum {string} */
            state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
            /** @description The version that was measured: `faces/V0003`. */
            version: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
/** @hidden */
export type $defs = Record<string, never>;
/** @hidden */
export interface operations {
    listAudit: {
        parameters: {
            query?: {
                /** @description As `enrol`, `erase`, `deploy`, `create key`. */
                action?: string;
                /** @description Only lines before this one. */
                before?: number;
                /** @description The id of a key. */
                by?: string;
                limit?: number;
                /** @description `done`, `begun`, `failed`. */
                outcome?: string;
                /** @description The name of a person. */
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["AuditEntry"][];
                        /** @description The first line that is not as it was written; none after it is shown. */
                        flaw: {
                            line: number;
                            why: string;
                        } | null;
                        /** @description How many there are before `before`. */
                        found: number;
                        /** @description Of the last of them: noted elsewhere, it proves that none is missing. */
                        lastSeal: string;
                        /** @description Lines that were verified. */
                        lines: number;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY";
                    };
                };
            };
        };
    };
    listDeployments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deployments: components["schemas"]["Deployment"][];
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    createDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    copyGallery?: boolean;
                    detector?: string;
                    gallery?: string;
                    /** @description Of the deployment; of a version its own, `faces.V0003`. */
                    name?: string;
                    recognizer?: string;
                    /** @description A version whose model or gallery is deployed: `faces/V0003`, `faces@production`. */
                    version?: string;
                    /** @default 100 */
                    weight?: number;
                };
            };
        };
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `PATH_OUTSIDE_ROOT`: The path leads out of its folder.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "PATH_OUTSIDE_ROOT" | "REQUEST_INVALID" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `DEPLOYMENT_NOT_FOUND`: There is no deployment to roll back to.
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `PATH_NOT_FOUND`: The file or folder does not exist.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "ALIAS_NOT_FOUND" | "DEPLOYMENT_NOT_FOUND" | "GALLERY_NOT_FOUND" | "JOB_NOT_FOUND" | "PATH_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `DEPLOYMENT_REFUSED`: The deployment failed its tests.
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "DEPLOYMENT_REFUSED" | "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_MODEL_MISMATCH`: The gallery was built with another recognizer.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_NOT_FOUND`: There is no model here.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_MODEL_MISMATCH" | "INTERNAL" | "MODEL_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "JOB_STORE_BUSY" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY";
                    };
                };
            };
        };
    };
    getDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `DEPLOYMENT_NOT_FOUND`: There is no deployment to roll back to.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listFollowedAliases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases: {
                            alias: string;
                            /** @description What it stands for; null where it stands for nothing. */
                            version: string | null;
                        }[];
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "JOB_STORE_BUSY" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    followAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As `faces@production`. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alias: string;
                        /** @description What it stands for; null where it stands for nothing. */
                        version: string | null;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY";
                    };
                };
            };
        };
    };
    unfollowAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As `faces@production`. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alias: string;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "ALIAS_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY";
                    };
                };
            };
        };
    };
    getDeploymentHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: {
                            /** @description Those of them that failed by the fault of the service. */
                            faults: number;
                            faults_total: number;
                            in_use: number;
                            name: string;
                            queued: number;
                            /** @description The last ones, 50 at most. */
                            requests: number;
                            /** @description All since the last deployment. */
                            requests_total: number;
                            weight: number;
                        }[];
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    rollBackDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `PATH_OUTSIDE_ROOT`: The path leads out of its folder.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "PATH_OUTSIDE_ROOT" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `DEPLOYMENT_NOT_FOUND`: There is no deployment to roll back to.
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `PATH_NOT_FOUND`: The file or folder does not exist.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "ALIAS_NOT_FOUND" | "DEPLOYMENT_NOT_FOUND" | "GALLERY_NOT_FOUND" | "JOB_NOT_FOUND" | "PATH_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `DEPLOYMENT_REFUSED`: The deployment failed its tests.
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "DEPLOYMENT_REFUSED" | "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_MODEL_MISMATCH`: The gallery was built with another recognizer.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_NOT_FOUND`: There is no model here.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_MODEL_MISMATCH" | "INTERNAL" | "MODEL_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "JOB_STORE_BUSY" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY";
                    };
                };
            };
        };
    };
    detectFaces: {
        parameters: {
            query?: {
                /** @description Least score of a face. */
                det_prob_threshold?: number;
                /** @description What else is wanted, parted by commas: calculator (the embedding). */
                face_plugins?: string;
                /** @description Most faces, the biggest first; 0 for all. */
                limit?: number;
                /** @description Adds how long each step took, and the models. */
                status?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    file: string;
                };
                "multipart/form-data": {
                    /** Format: binary */
                    file: Blob;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plugins_versions?: components["schemas"]["PluginVersions"];
                        result: components["schemas"]["DetectedFace"][];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `IMAGE_NOT_AN_IMAGE`: The content is not an image, whatever the file is called.
             *     - `IMAGE_TRUNCATED`: The image ends before its last pixel.
             *     - `IMAGE_UNREADABLE`: The image cannot be decoded.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `NO_FACE`: No face was found in the image.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `REQUEST_PART_MISSING`: A part of the form is missing.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_NOT_AN_IMAGE" | "IMAGE_TRUNCATED" | "IMAGE_UNREADABLE" | "KEY_MISSING" | "NO_FACE" | "REQUEST_INVALID" | "REQUEST_PART_MISSING";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `IMAGE_TOO_LARGE`: The image has more bytes or pixels than allowed.
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_TOO_LARGE" | "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_COSTLY";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL" | "MODEL_INVALID";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: components["schemas"]["ApiKey"][];
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description From when on it is refused; never where it is not given. */
                    expiresAt?: string | null;
                    /**
                     * @description What it is for.
                     * @default
                     */
                    label?: string;
                    /** @enum {string} */
                    role: "read" | "enrol" | "admin";
                };
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: components["schemas"]["ApiKey"];
                        /** @description The key itself. */
                        text: string;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `PATH_BUSY`: Another process is writing into the folder.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "PATH_BUSY" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY";
                    };
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `KEY_NOT_FOUND`: There is no API key with that id.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `PATH_BUSY`: Another process is writing into the folder.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "PATH_BUSY" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY";
                    };
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: {
                page?: number;
                /** @description Part of a name, whatever its case. */
                search?: string;
                size?: number;
                /** @description name; faces, the most first; newest, who was enrolled last first. */
                sort?: "name" | "faces" | "newest";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        people: components["schemas"]["Person"][];
                        total: number;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    listNameChanges: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: components["schemas"]["NameChange"][];
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    examineGallery: {
        parameters: {
            query?: {
                /** @description How strictly pictures are judged. */
                mode?: "off" | "standard" | "strict";
                /** @description Most faces that are looked at, evenly spread: a thousand take some seconds. */
                most?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GalleryCheckup"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    mergeSubjects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The name that stays: of one of them, of somebody else, or a new one. */
                    into: string;
                    subjects: string[];
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many became theirs. */
                        faces: number;
                        subject: string;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    splitSubject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The faces, by their image ids. */
                    image_ids: string[];
                    into: string;
                    subject: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many became theirs. */
                        faces: number;
                        subject: string;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_FACE_NOT_FOUND`: The gallery has no face with that id.
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_FACE_NOT_FOUND" | "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    undoNameChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NameChange"];
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `GALLERY_NOTHING_TO_UNDO`: The gallery remembers no change of names that could be undone.
             *     - `GALLERY_SUBJECT_EXISTS`: The gallery already has a subject with that name.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "GALLERY_NOTHING_TO_UNDO" | "GALLERY_SUBJECT_EXISTS";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    verifyEmbeddingsWithFace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    embeddings: number[][];
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            embedding: number[];
                            is_match: boolean;
                            similarity: number;
                            threshold: number;
                        }[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_FACE_NOT_FOUND`: The gallery has no face with that id.
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_FACE_NOT_FOUND" | "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_COSTLY";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL" | "MODEL_INVALID";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    recognizeEmbeddings: {
        parameters: {
            query?: {
                /** @description Most subjects named for a face, each once, best first. */
                prediction_count?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    embeddings: number[][];
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            embedding: number[];
                            /** @description Why there is no subject: below_threshold, ambiguous, low_quality, not_this_person, empty_gallery, no_gallery. */
                            reason: string | null;
                            similarities: components["schemas"]["SubjectHit"][];
                            /** @description Share of strangers who would be as similar to somebody of the gallery as the face is to the nearest, where measured. */
                            strangers: number | null;
                            subjects: components["schemas"]["SubjectHit"][];
                            threshold: number | null;
                        }[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_COSTLY";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL" | "MODEL_INVALID";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    listFaces: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        faces: components["schemas"]["StoredFace"][];
                        page_number: number;
                        page_size: number;
                        total_elements: number;
                        total_pages: number;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    addFaceExample: {
        parameters: {
            query: {
                /** @description How strictly the picture is judged: small, turned, blurred, badly lit ones are refused. */
                check?: "off" | "standard" | "strict";
                /** @description Least score of a face. */
                det_prob_threshold?: number;
                /** @description What else is wanted, parted by commas: calculator (the embedding). */
                face_plugins?: string;
                /** @description Most faces, the biggest first; 0 for all. */
                limit?: number;
                /** @description Adds how long each step took, and the models. */
                status?: boolean;
                subject: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    file: string;
                };
                "multipart/form-data": {
                    /** Format: binary */
                    file: Blob;
                };
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredFace"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `FACE_LOW_QUALITY`: The face is too small, too blurred or turned too far away.
             *     - `IMAGE_NOT_AN_IMAGE`: The content is not an image, whatever the file is called.
             *     - `IMAGE_TRUNCATED`: The image ends before its last pixel.
             *     - `IMAGE_UNREADABLE`: The image cannot be decoded.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `NO_FACE`: No face was found in the image.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `REQUEST_PART_MISSING`: A part of the form is missing.
             *     - `TOO_MANY_FACES`: The image shows more faces than expected.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "FACE_LOW_QUALITY" | "IMAGE_NOT_AN_IMAGE" | "IMAGE_TRUNCATED" | "IMAGE_UNREADABLE" | "KEY_MISSING" | "NO_FACE" | "REQUEST_INVALID" | "REQUEST_PART_MISSING" | "TOO_MANY_FACES";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `IMAGE_TOO_LARGE`: The image has more bytes or pixels than allowed.
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_TOO_LARGE" | "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_COSTLY";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL" | "MODEL_INVALID";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    deleteFacesOfSubject: {
        parameters: {
            query?: {
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deleted: number;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    deleteFace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredFace"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_FACE_NOT_FOUND`: The gallery has no face with that id.
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_FACE_NOT_FOUND" | "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    getFaceImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": Blob;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_FACE_NOT_FOUND`: The gallery has no face with that id.
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_FACE_NOT_FOUND" | "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    verifyWithFace: {
        parameters: {
            query?: {
                /** @description Least score of a face. */
                det_prob_threshold?: number;
                /** @description What else is wanted, parted by commas: calculator (the embedding). */
                face_plugins?: string;
                /** @description Most faces, the biggest first; 0 for all. */
                limit?: number;
                /** @description Adds how long each step took, and the models. */
                status?: boolean;
            };
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    file: string;
                };
                "multipart/form-data": {
                    /** Format: binary */
                    file: Blob;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plugins_versions?: components["schemas"]["PluginVersions"];
                        result: {
                            box: components["schemas"]["Box"];
                            /** @description With `face_plugins=calculator`. */
                            embedding?: number[];
                            execution_time?: components["schemas"]["ExecutionTime"];
                            is_match: boolean;
                            /** @description Five points [x, y] in pixels: left eye, right eye, nose, left and right corner of the mouth. */
                            landmarks: number[][];
                            similarity: number;
                            subject: string;
                            threshold: number;
                        }[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `IMAGE_NOT_AN_IMAGE`: The content is not an image, whatever the file is called.
             *     - `IMAGE_TRUNCATED`: The image ends before its last pixel.
             *     - `IMAGE_UNREADABLE`: The image cannot be decoded.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `NO_FACE`: No face was found in the image.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `REQUEST_PART_MISSING`: A part of the form is missing.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_NOT_AN_IMAGE" | "IMAGE_TRUNCATED" | "IMAGE_UNREADABLE" | "KEY_MISSING" | "NO_FACE" | "REQUEST_INVALID" | "REQUEST_PART_MISSING";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_FACE_NOT_FOUND`: The gallery has no face with that id.
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_FACE_NOT_FOUND" | "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `IMAGE_TOO_LARGE`: The image has more bytes or pixels than allowed.
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_TOO_LARGE" | "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_COSTLY";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL" | "MODEL_INVALID";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    deleteFaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": string[];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredFace"][];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    recognizeFaces: {
        parameters: {
            query?: {
                /** @description Least score of a face. */
                det_prob_threshold?: number;
                /** @description false: nothing is looked for, the picture is one face that was cut out and aligned before. */
                detect_faces?: boolean;
                /** @description What else is wanted, parted by commas: calculator (the embedding). */
                face_plugins?: string;
                /** @description Most faces, the biggest first; 0 for all. */
                limit?: number;
                /** @description Most subjects named for a face, each once, best first. */
                prediction_count?: number;
                /** @description Adds how long each step took, and the models. */
                status?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    file: string;
                };
                "multipart/form-data": {
                    /** Format: binary */
                    file: Blob;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plugins_versions?: components["schemas"]["PluginVersions"];
                        result: components["schemas"]["RecognizedFace"][];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `IMAGE_NOT_AN_IMAGE`: The content is not an image, whatever the file is called.
             *     - `IMAGE_TRUNCATED`: The image ends before its last pixel.
             *     - `IMAGE_UNREADABLE`: The image cannot be decoded.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `NO_FACE`: No face was found in the image.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `REQUEST_PART_MISSING`: A part of the form is missing.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_NOT_AN_IMAGE" | "IMAGE_TRUNCATED" | "IMAGE_UNREADABLE" | "KEY_MISSING" | "NO_FACE" | "REQUEST_INVALID" | "REQUEST_PART_MISSING";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `IMAGE_TOO_LARGE`: The image has more bytes or pixels than allowed.
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_TOO_LARGE" | "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_COSTLY";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL" | "MODEL_INVALID";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    listRejections: {
        parameters: {
            query?: {
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rejections: components["schemas"]["Rejection"][];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    rejectSubject: {
        parameters: {
            query: {
                /** @description Least score of a face. */
                det_prob_threshold?: number;
                /** @description What else is wanted, parted by commas: calculator (the embedding). */
                face_plugins?: string;
                /** @description Most faces, the biggest first; 0 for all. */
                limit?: number;
                /** @description Adds how long each step took, and the models. */
                status?: boolean;
                subject: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    file: string;
                };
                "multipart/form-data": {
                    /** Format: binary */
                    file: Blob;
                };
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        subject: string;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `IMAGE_NOT_AN_IMAGE`: The content is not an image, whatever the file is called.
             *     - `IMAGE_TRUNCATED`: The image ends before its last pixel.
             *     - `IMAGE_UNREADABLE`: The image cannot be decoded.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `NO_FACE`: No face was found in the image.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `REQUEST_PART_MISSING`: A part of the form is missing.
             *     - `TOO_MANY_FACES`: The image shows more faces than expected.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_NOT_AN_IMAGE" | "IMAGE_TRUNCATED" | "IMAGE_UNREADABLE" | "KEY_MISSING" | "NO_FACE" | "REQUEST_INVALID" | "REQUEST_PART_MISSING" | "TOO_MANY_FACES";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `IMAGE_TOO_LARGE`: The image has more bytes or pixels than allowed.
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_TOO_LARGE" | "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_COSTLY";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL" | "MODEL_INVALID";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    takeBackRejection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_FACE_NOT_FOUND`: The gallery has no face with that id.
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_FACE_NOT_FOUND" | "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    listSubjects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        subjects: string[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    addSubject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        subject: string;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `GALLERY_SUBJECT_EXISTS`: The gallery already has a subject with that name.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_SUBJECT_EXISTS" | "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    deleteAllSubjects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deleted: number;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    renameSubject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        updated: boolean;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    deleteSubject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        receipts?: {
                            destroyedAt: string;
                            /** @enum {string} */
                            format: "semblance-erasure/1";
                            galleryId: string;
                            keyId: string;
                            logBytes: number;
                            numFaces: number;
                            publicKey: string;
                            rowsLeft: number;
                            signature: string;
                            subject: string;
                        }[];
                        subject: string;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND" | "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    getReview: {
        parameters: {
            query?: {
                /** @description Most groups. */
                size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How long a face is kept. */
                        days: number | null;
                        /** @description The most useful first. */
                        groups: components["schemas"]["ReviewGroup"][];
                        /** @description Whether the service keeps unknown faces: `serve --keep-unknown DAYS`. */
                        isOn: boolean;
                        /** @description The answer that `undo` takes back. */
                        last: components["schemas"]["ReviewAnswer"] | null;
                        /** @description Similarity from which a face counts as a subject. */
                        threshold: number | null;
                        /** @description Groups that wait, of which the first are given. */
                        total: number;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    acceptUnknown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        last: components["schemas"]["ReviewAnswer"];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             *     - `REVIEW_GROUP_NOT_FOUND`: No such group of unknown faces waits for an answer.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND" | "REVIEW_GROUP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `REVIEW_OFF`: The service keeps no unknown faces.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "REVIEW_OFF";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    dismissUnknown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        last: components["schemas"]["ReviewAnswer"];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `REVIEW_GROUP_NOT_FOUND`: No such group of unknown faces waits for an answer.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "REVIEW_GROUP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `REVIEW_OFF`: The service keeps no unknown faces.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "REVIEW_OFF";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    mergeUnknown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    groups: number[];
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        last: components["schemas"]["ReviewAnswer"];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `REVIEW_GROUP_NOT_FOUND`: No such group of unknown faces waits for an answer.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "REVIEW_GROUP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `REVIEW_OFF`: The service keeps no unknown faces.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "REVIEW_OFF";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    nameUnknown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        last: components["schemas"]["ReviewAnswer"];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `REVIEW_GROUP_NOT_FOUND`: No such group of unknown faces waits for an answer.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "REVIEW_GROUP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `GALLERY_SUBJECT_EXISTS`: The gallery already has a subject with that name.
             *     - `REVIEW_OFF`: The service keeps no unknown faces.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "GALLERY_SUBJECT_EXISTS" | "REVIEW_OFF";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    rejectUnknown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        last: components["schemas"]["ReviewAnswer"];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             *     - `REVIEW_GROUP_NOT_FOUND`: No such group of unknown faces waits for an answer.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND" | "REVIEW_GROUP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `REVIEW_OFF`: The service keeps no unknown faces.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "REVIEW_OFF";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    splitUnknown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    faces: number[];
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        last: components["schemas"]["ReviewAnswer"];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `REVIEW_GROUP_NOT_FOUND`: No such group of unknown faces waits for an answer.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "REVIEW_GROUP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `REVIEW_OFF`: The service keeps no unknown faces.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "REVIEW_OFF";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    getUnknownFace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                face: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": Blob;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `REVIEW_GROUP_NOT_FOUND`: No such group of unknown faces waits for an answer.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REVIEW_GROUP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `REVIEW_OFF`: The service keeps no unknown faces.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REVIEW_OFF";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    undoReview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        last: components["schemas"]["ReviewAnswer"] | null;
                        undone: components["schemas"]["ReviewAnswer"];
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `REVIEW_GROUP_NOT_FOUND`: No such group of unknown faces waits for an answer.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "REVIEW_GROUP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `REVIEW_NOTHING_TO_UNDO`: There is no answer to take back.
             *     - `REVIEW_OFF`: The service keeps no unknown faces.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "REVIEW_NOTHING_TO_UNDO" | "REVIEW_OFF";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        session: components["schemas"]["Session"] | null;
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detector: string;
                        recognizer: string;
                        status: string;
                        version: string;
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "OVERLOADED" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    checkSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks: {
                            detail: string;
                            /** @description The command that mends it. */
                            mend: string | null;
                            name: string;
                            /** @enum {string} */
                            state: "ok" | "limited" | "broken";
                        }[];
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    verifyEmbeddings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: number[];
                    targets: number[][];
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            embedding: number[];
                            is_match: boolean;
                            similarity: number;
                            threshold: number;
                        }[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `KEY_MISSING`: The request has no API key.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_MISSING" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_COSTLY";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL" | "MODEL_INVALID";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    verifyFaces: {
        parameters: {
            query?: {
                /** @description Least score of a face. */
                det_prob_threshold?: number;
                /** @description What else is wanted, parted by commas: calculator (the embedding). */
                face_plugins?: string;
                /** @description Most faces, the biggest first; 0 for all. */
                limit?: number;
                /** @description Adds how long each step took, and the models. */
                status?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source_image: string;
                    target_image: string;
                };
                "multipart/form-data": {
                    /** Format: binary */
                    source_image: Blob;
                    /** Format: binary */
                    target_image: Blob;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plugins_versions?: components["schemas"]["PluginVersions"];
                        result: {
                            face_matches: {
                                box: components["schemas"]["Box"];
                                /** @description With `face_plugins=calculator`. */
                                embedding?: number[];
                                execution_time?: components["schemas"]["ExecutionTime"];
                                is_match: boolean;
                                /** @description Five points [x, y] in pixels: left eye, right eye, nose, left and right corner of the mouth. */
                                landmarks: number[][];
                                similarity: number;
                                threshold: number;
                            }[];
                            plugins_versions?: components["schemas"]["PluginVersions"];
                            source_image_face: {
                                box: components["schemas"]["Box"];
                                /** @description With `face_plugins=calculator`. */
                                embedding?: number[];
                                execution_time?: components["schemas"]["ExecutionTime"];
                                /** @description Five points [x, y] in pixels: left eye, right eye, nose, left and right corner of the mouth. */
                                landmarks: number[][];
                            };
                        }[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `IMAGE_NOT_AN_IMAGE`: The content is not an image, whatever the file is called.
             *     - `IMAGE_TRUNCATED`: The image ends before its last pixel.
             *     - `IMAGE_UNREADABLE`: The image cannot be decoded.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `NO_FACE`: No face was found in the image.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `REQUEST_PART_MISSING`: A part of the form is missing.
             *     - `TOO_MANY_FACES`: The image shows more faces than expected.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_NOT_AN_IMAGE" | "IMAGE_TRUNCATED" | "IMAGE_UNREADABLE" | "KEY_MISSING" | "NO_FACE" | "REQUEST_INVALID" | "REQUEST_PART_MISSING" | "TOO_MANY_FACES";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `IMAGE_TOO_LARGE`: The image has more bytes or pixels than allowed.
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "IMAGE_TOO_LARGE" | "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_COSTLY";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL" | "MODEL_INVALID";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    listCollections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        collections: components["schemas"]["Collection"][];
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    createCollection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    capacity?: {
                        samples?: number;
                        subjects?: number;
                    } | null;
                    description?: string | null;
                    detection?: {
                        /** @description Most faces of a picture. */
                        max_faces?: number;
                        /** @description Pixels of the shorter side of a face. */
                        min_face?: number;
                        /** @description Least score of the detector, 0 to 1. */
                        score_threshold?: number;
                    } | null;
                    /** @description By how much the nearest subject must lead the next. */
                    margin?: number | null;
                    /** @description Least quality of a face that is enrolled or recognized, 0 to 1. */
                    min_quality?: number | null;
                    /** @description Small letters, digits, _ and -. */
                    name: string;
                    /** @description Days after which a subject is erased who has no time of their own. */
                    retention_days?: number | null;
                    score?: ("max" | {
                        mean_of_top: number;
                    }) | null;
                    /** @description Cosine similarity from which a face counts as a subject; null: found by the people who are enrolled. */
                    threshold?: number | null;
                };
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `DATA_INVALID`: The data is not laid out as expected.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_INVALID" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `GALLERY_EXISTS`: There is already a gallery here.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "GALLERY_EXISTS";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    getCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name; `default` is what is deployed. */
                collection: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    deleteCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name; `default` is what is deployed. */
                collection: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    updateCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name; `default` is what is deployed. */
                collection: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    capacity?: {
                        samples?: number;
                        subjects?: number;
                    } | null;
                    description?: string | null;
                    detection?: {
                        /** @description Most faces of a picture. */
                        max_faces?: number;
                        /** @description Pixels of the shorter side of a face. */
                        min_face?: number;
                        /** @description Least score of the detector, 0 to 1. */
                        score_threshold?: number;
                    } | null;
                    /** @description By how much the nearest subject must lead the next. */
                    margin?: number | null;
                    /** @description Least quality of a face that is enrolled or recognized, 0 to 1. */
                    min_quality?: number | null;
                    /** @description Days after which a subject is erased who has no time of their own. */
                    retention_days?: number | null;
                    score?: ("max" | {
                        mean_of_top: number;
                    }) | null;
                    /** @description Cosine similarity from which a face counts as a subject; null: found by the people who are enrolled. */
                    threshold?: number | null;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `DATA_INVALID`: The data is not laid out as expected.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_INVALID" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `COLLECTION_MODEL_MISMATCH`: The collection holds embeddings of another recognizer.
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "COLLECTION_MODEL_MISMATCH" | "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    listCollectionSubjects: {
        parameters: {
            query?: {
                /** @description Only who is called so by another system. */
                external_id?: string;
                page?: number;
                /** @description Part of a name, whatever its case. */
                search?: string;
                size?: number;
                /** @description name; faces, the most samples first; newest, who was enrolled last first. */
                sort?: "name" | "faces" | "newest";
            };
            header?: never;
            path: {
                /** @description Its name; `default` is what is deployed. */
                collection: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        subjects: components["schemas"]["Subject"][];
                        total: number;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `GALLERY_NO_PROFILES`: The gallery keeps nothing of people but names and faces.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NO_PROFILES";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    createCollectionSubject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name; `default` is what is deployed. */
                collection: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    consent?: {
                        /** @description By what right they are known, in your own words. */
                        basis: string;
                        /** @description Who gave it, or took it down. */
                        by?: string | null;
                        /** @description ISO 8601. */
                        given_at: string;
                    } | null;
                    /** @description When they are to be erased, ISO 8601; else the retention decides. */
                    expires_at?: string | null;
                    /** @description What another system calls them; nobody else here has it. */
                    external_id?: string | null;
                    metadata?: {
                        [key: string]: unknown;
                    } | null;
                    subject: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subject"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `DATA_INVALID`: The data is not laid out as expected.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_INVALID" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `GALLERY_FULL`: The gallery has no room for more subjects or samples.
             *     - `GALLERY_SUBJECT_EXISTS`: The gallery already has a subject with that name.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "GALLERY_FULL" | "GALLERY_SUBJECT_EXISTS";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `GALLERY_NO_PROFILES`: The gallery keeps nothing of people but names and faces.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NO_PROFILES";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    getCollectionSubject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name; `default` is what is deployed. */
                collection: string;
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subject"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `GALLERY_NO_PROFILES`: The gallery keeps nothing of people but names and faces.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NO_PROFILES";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    deleteCollectionSubject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name; `default` is what is deployed. */
                collection: string;
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        samples: number;
                        subject: string;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `GALLERY_NO_PROFILES`: The gallery keeps nothing of people but names and faces.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NO_PROFILES";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    updateCollectionSubject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name; `default` is what is deployed. */
                collection: string;
                subject: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    consent?: {
                        /** @description By what right they are known, in your own words. */
                        basis: string;
                        /** @description Who gave it, or took it down. */
                        by?: string | null;
                        /** @description ISO 8601. */
                        given_at: string;
                    } | null;
                    /** @description When they are to be erased, ISO 8601; else the retention decides. */
                    expires_at?: string | null;
                    /** @description What another system calls them; nobody else here has it. */
                    external_id?: string | null;
                    metadata?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description A new name, which nobody else has. */
                    subject?: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subject"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `DATA_INVALID`: The data is not laid out as expected.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_INVALID" | "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `GALLERY_NOT_FOUND`: There is no gallery here.
             *     - `GALLERY_SUBJECT_NOT_FOUND`: The gallery has no subject with that name.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NOT_FOUND" | "GALLERY_SUBJECT_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `DEPLOYMENT_BUSY`: Another deployment is in progress.
             *     - `GALLERY_SUBJECT_EXISTS`: The gallery already has a subject with that name.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DEPLOYMENT_BUSY" | "GALLERY_SUBJECT_EXISTS";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `GALLERY_CORRUPT`: The gallery is damaged.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "DATA_CORRUPT" | "GALLERY_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `GALLERY_NO_PROFILES`: The gallery keeps nothing of people but names and faces.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_NO_PROFILES";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `GALLERY_BUSY`: Another process is using the gallery.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "GALLERY_BUSY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY" | "WORKER_LOST";
                    };
                };
            };
        };
    };
    checkLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        live: boolean;
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
        };
    };
    checkReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `NOT_READY`: A part of the service does not work; its log says which.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "NOT_READY" | "OVERLOADED" | "SHUTTING_DOWN" | "STORAGE_FAILED" | "STORAGE_FULL" | "STORAGE_READ_ONLY";
                    };
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        error?: "INTERNAL";
                    };
                };
            };
        };
    };
    compareTrainingVersions: {
        parameters: {
            query: {
                /** @description Also rows that are the same in all of them. */
                all?: boolean;
                /** @description Also what changed in code and data from each to the next. */
                diff?: boolean;
                /** @description Versions, separated by commas: `faces/V0001`, `faces@production`, or a job for all of its versions. */
                versions: string;
            };
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description As faces/V0003. */
                        baseline: string;
                        code: {
                            differs: boolean;
                            name: string;
                            values: (string | null)[];
                        } & {
                            [key: string]: unknown;
                        };
                        data: ({
                            differs: boolean;
                            name: string;
                            values: (string | null)[];
                        } & {
                            [key: string]: unknown;
                        })[];
                        differences: ({
                            /** @description A diff; null where it cannot be told. */
                            code: string | null;
                            data: ({
                                input: string;
                                numAdded: number;
                                numChanged: number;
                                numRemoved: number;
                                shown: string[];
                            } & {
                                [key: string]: unknown;
                            })[];
                            /** @description As faces/V0003. */
                            from: string;
                            /** @description As faces/V0003. */
                            to: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        environment: ({
                            differs: boolean;
                            name: string;
                            values: (string | null)[];
                        } & {
                            [key: string]: unknown;
                        })[];
                        groups: ({
                            /** @description As faces/V0003. */
                            name: string;
                            versions: string[];
                        } & {
                            [key: string]: unknown;
                        })[];
                        /** @enum {boolean} */
                        is_success: true;
                        metrics: ({
                            differs: boolean;
                            name: string;
                            values: (({
                                /** @description The best of the run. */
                                best?: {
                                    step: number;
                                    value: number;
                                } & {
                                    [key: string]: unknown;
                                };
                                /** @description 95 %. */
                                interval?: [
                                    number,
                                    number
                                ];
                                /** @description The newest. */
                                value: number;
                            } & {
                                [key: string]: unknown;
                            }) | null)[];
                        } & {
                            [key: string]: unknown;
                        })[];
                        parameters: ({
                            differs: boolean;
                            name: string;
                            values: (string | null)[];
                        } & {
                            [key: string]: unknown;
                        })[];
                        versions: ({
                            durationMs: number | null;
                            id: number;
                            /** @description As faces/V0003. */
                            name: string;
                            state: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listTrainingTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        config_total_count: number;
                        configs: ({
                            command: string[];
                            config_name: string;
                            cpus: number | null;
                            data_url: string | null;
                            executor: string;
                            executor_options: {
                                [key: string]: string;
                            };
                            gpus: number;
                            /** @description Locations by name. */
                            inputs: {
                                [key: string]: string;
                            };
                            log_url: string | null;
                            memory_bytes: number | null;
                            nice: number;
                            options: {
                                [key: string]: string;
                            };
                            parameter: {
                                label: string;
                                value: string;
                            }[];
                            predownload: boolean;
                            retries: number;
                            task: string;
                            timeout_seconds: number | null;
                            train_url: string | null;
                            /** @description Versions that inputs were taken from, by the name of the input. */
                            uses: {
                                [key: string]: string;
                            };
                            worker_server_num: number;
                        } & {
                            [key: string]: unknown;
                        })[];
                        /** @enum {boolean} */
                        is_success: true;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getTrainingTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        command: string[];
                        config_name: string;
                        cpus: number | null;
                        data_url: string | null;
                        executor: string;
                        executor_options: {
                            [key: string]: string;
                        };
                        gpus: number;
                        /** @description Locations by name. */
                        inputs: {
                            [key: string]: string;
                        };
                        /** @enum {boolean} */
                        is_success: true;
                        log_url: string | null;
                        memory_bytes: number | null;
                        nice: number;
                        options: {
                            [key: string]: string;
                        };
                        parameter: {
                            label: string;
                            value: string;
                        }[];
                        predownload: boolean;
                        retries: number;
                        task: string;
                        timeout_seconds: number | null;
                        train_url: string | null;
                        /** @description Versions that inputs were taken from, by the name of the input. */
                        uses: {
                            [key: string]: string;
                        };
                        worker_server_num: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `TEMPLATE_NOT_FOUND`: There is no template with that name.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "TEMPLATE_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    saveTrainingTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As `faces/V0003`. */
                    version: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        command: string[];
                        config_name: string;
                        cpus: number | null;
                        data_url: string | null;
                        executor: string;
                        executor_options: {
                            [key: string]: string;
                        };
                        gpus: number;
                        /** @description Locations by name. */
                        inputs: {
                            [key: string]: string;
                        };
                        /** @enum {boolean} */
                        is_success: true;
                        log_url: string | null;
                        memory_bytes: number | null;
                        nice: number;
                        options: {
                            [key: string]: string;
                        };
                        parameter: {
                            label: string;
                            value: string;
                        }[];
                        predownload: boolean;
                        retries: number;
                        task: string;
                        timeout_seconds: number | null;
                        train_url: string | null;
                        /** @description Versions that inputs were taken from, by the name of the input. */
                        uses: {
                            [key: string]: string;
                        };
                        worker_server_num: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    deleteTrainingTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        is_success: true;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `TEMPLATE_NOT_FOUND`: There is no template with that name.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "TEMPLATE_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listTrainingEvaluations: {
        parameters: {
            query: {
                /** @description Also the pairs that were judged worst. */
                misses?: boolean;
                /** @description Versions, separated by commas: `faces/V0001`, `faces@production`, or a job for all of its versions. */
                versions: string;
            };
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        evaluations: components["schemas"]["TrainingEvaluation"][];
                        /** @enum {boolean} */
                        is_success: true;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    createTrainingEvaluations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The set and how it is measured: options of the task. */
                    config: {
                        /** @description Threads of each worker; null for all. */
                        cpus?: number | null;
                        data_url?: string;
                        executor?: string;
                        executor_options?: {
                            [key: string]: string;
                        };
                        gpus?: number;
                        /** @description Further inputs by name. */
                        inputs?: {
                            [key: string]: string;
                        };
                        log_url?: string;
                        /** @description Of all workers; null for no limit. */
                        memory_bytes?: number | null;
                        nice?: number;
                        parameter?: {
                            label: string;
                            value: string;
                        }[];
                        /** @description Brings earlier outputs back first. */
                        predownload?: boolean;
                        retries?: number;
                        /** @description Longest run; null for no limit. */
                        timeout_seconds?: number | null;
                        train_url?: string;
                        worker_server_num?: number;
                    };
                    /**
                     * @description The job whose versions measure.
                     * @default evaluations
                     */
                    job_name?: string;
                    /** @default evaluate-verification */
                    task?: string;
                    /** @description As `faces/V0003`; a job for all of it. */
                    versions: string[];
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        evaluations: {
                            by: string;
                            version: string;
                        }[];
                        /** @enum {boolean} */
                        is_success: true;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `DATA_INVALID`: The data is not laid out as expected.
             *     - `EXECUTOR_REFUSED`: The executor cannot run the version as it asks for it.
             *     - `EXECUTOR_UNKNOWN`: There is no executor with that name.
             *     - `JOB_CREDENTIAL`: A credential would have been stored with the version, so it was refused.
             *     - `JOB_RESOURCES_UNAVAILABLE`: The version asks for more than this machine or its task can give.
             *     - `PATH_OUTSIDE_ROOT`: The path leads out of its folder.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `STORAGE_URL_INVALID`: The location is neither a path nor a file://, s3:// or obs:// URL.
             *     - `TASK_UNKNOWN`: There is no kind of task with that name.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             *     - `USAGE_MISSING_ARGUMENT`: A required argument is missing.
             *     - `USAGE_UNKNOWN_FLAG`: The command does not have this option.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_INVALID" | "EXECUTOR_REFUSED" | "EXECUTOR_UNKNOWN" | "JOB_CREDENTIAL" | "JOB_RESOURCES_UNAVAILABLE" | "PATH_OUTSIDE_ROOT" | "REQUEST_INVALID" | "STORAGE_URL_INVALID" | "TASK_UNKNOWN" | "USAGE_INVALID_VALUE" | "USAGE_MISSING_ARGUMENT" | "USAGE_UNKNOWN_FLAG";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `PATH_NOT_FOUND`: The file or folder does not exist.
             *     - `STORAGE_NOT_FOUND`: There is no bucket with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "PATH_NOT_FOUND" | "STORAGE_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_EXISTS`: There is already a version here.
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_EXISTS" | "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `EXECUTOR_UNAVAILABLE`: What was to run the workers is not installed, or does not answer.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_NOT_FOUND`: There is no model here.
             *     - `MODEL_WRONG_TASK`: The model is for another task, such as detection instead of recognition.
             *     - `RECIPE_INVALID_VALUE`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN_KEY`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "EXECUTOR_UNAVAILABLE" | "INTERNAL" | "MODEL_NOT_FOUND" | "MODEL_WRONG_TASK" | "RECIPE_INVALID_VALUE" | "RECIPE_UNKNOWN" | "RECIPE_UNKNOWN_KEY";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             *     - `TRAIN_UNAVAILABLE`: Something went wrong inside Semblance.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED" | "TRAIN_UNAVAILABLE";
                    };
                };
            };
            /**
             * @description Bad Gateway
             *
             *     - `STORAGE_DENIED`: The object store refuses the credentials, or none were found.
             *     - `STORAGE_UNREACHABLE`: The object store does not answer, or answers with an error.
             */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "STORAGE_DENIED" | "STORAGE_UNREACHABLE";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    streamTrainingEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events until the version ends. The schema is that of each event; `data` is sent as JSON. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["JobEvent"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listTrainingSweeps: {
        parameters: {
            query?: {
                job_name?: string;
            };
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        is_success: true;
                        sweeps: ({
                            best: ({
                                value: number;
                                /** @description As faces/V0003. */
                                version: string;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            /** @description Milliseconds of the Unix epoch. */
                            createdMs: number;
                            id: number;
                            job: string;
                            metric: string | null;
                            mode: ("max" | "min") | null;
                            reason: string;
                            rungs: ({
                                /** @description As epochs=3; empty without halving. */
                                budget: string;
                                size: number;
                                versions: ({
                                    state: string;
                                    /** @description As faces/V0003. */
                                    version: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                            } & {
                                [key: string]: unknown;
                            })[];
                            /** @enum {string} */
                            state: "running" | "completed" | "failed" | "stopped";
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    createTrainingSweep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    config: {
                        /** @description Threads of each worker; null for all. */
                        cpus?: number | null;
                        data_url?: string;
                        executor?: string;
                        executor_options?: {
                            [key: string]: string;
                        };
                        gpus?: number;
                        /** @description Further inputs by name. */
                        inputs?: {
                            [key: string]: string;
                        };
                        log_url?: string;
                        /** @description Of all workers; null for no limit. */
                        memory_bytes?: number | null;
                        nice?: number;
                        parameter?: {
                            label: string;
                            value: string;
                        }[];
                        /** @description Brings earlier outputs back first. */
                        predownload?: boolean;
                        retries?: number;
                        task: string;
                        /** @description Longest run; null for no limit. */
                        timeout_seconds?: number | null;
                        train_url?: string;
                        worker_server_num?: number;
                    };
                    /** @description Values by parameter: `0.1,0.05`. */
                    grid?: {
                        [key: string]: string;
                    };
                    halving?: {
                        /** @default 3 */
                        eta?: number;
                        /**
                         * @description Starts from the weights that were reached.
                         * @default false
                         */
                        is_continued?: boolean;
                        max: number;
                        /** @description What decides who goes on. */
                        metric: string;
                        min: number;
                        /**
                         * @default max
                         * @enum {string}
                         */
                        mode?: "max" | "min";
                        /** @description The budget, as epochs. */
                        parameter: string;
                    };
                    job_desc?: string;
                    job_name: string;
                    /** @description Ranges by parameter: `0.1..0.5`, `log:0.001..0.1`, `int:1..10`, `a,b`. */
                    random?: {
                        [key: string]: string;
                    };
                    /** @default 1 */
                    seed?: number;
                    /**
                     * @description How many to draw.
                     * @default 10
                     */
                    trials?: number;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        best: ({
                            value: number;
                            /** @description As faces/V0003. */
                            version: string;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        /** @description Milliseconds of the Unix epoch. */
                        createdMs: number;
                        id: number;
                        /** @enum {boolean} */
                        is_success: true;
                        job: string;
                        metric: string | null;
                        mode: ("max" | "min") | null;
                        reason: string;
                        rungs: ({
                            /** @description As epochs=3; empty without halving. */
                            budget: string;
                            size: number;
                            versions: ({
                                state: string;
                                /** @description As faces/V0003. */
                                version: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        } & {
                            [key: string]: unknown;
                        })[];
                        /** @enum {string} */
                        state: "running" | "completed" | "failed" | "stopped";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `DATA_INVALID`: The data is not laid out as expected.
             *     - `EXECUTOR_REFUSED`: The executor cannot run the version as it asks for it.
             *     - `EXECUTOR_UNKNOWN`: There is no executor with that name.
             *     - `JOB_CREDENTIAL`: A credential would have been stored with the version, so it was refused.
             *     - `JOB_RESOURCES_UNAVAILABLE`: The version asks for more than this machine or its task can give.
             *     - `METRIC_NOT_FOUND`: The versions report no metric with that name.
             *     - `PATH_OUTSIDE_ROOT`: The path leads out of its folder.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `STORAGE_URL_INVALID`: The location is neither a path nor a file://, s3:// or obs:// URL.
             *     - `TASK_UNKNOWN`: There is no kind of task with that name.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             *     - `USAGE_MISSING_ARGUMENT`: A required argument is missing.
             *     - `USAGE_UNKNOWN_FLAG`: The command does not have this option.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_INVALID" | "EXECUTOR_REFUSED" | "EXECUTOR_UNKNOWN" | "JOB_CREDENTIAL" | "JOB_RESOURCES_UNAVAILABLE" | "METRIC_NOT_FOUND" | "PATH_OUTSIDE_ROOT" | "REQUEST_INVALID" | "STORAGE_URL_INVALID" | "TASK_UNKNOWN" | "USAGE_INVALID_VALUE" | "USAGE_MISSING_ARGUMENT" | "USAGE_UNKNOWN_FLAG";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `PATH_NOT_FOUND`: The file or folder does not exist.
             *     - `STORAGE_NOT_FOUND`: There is no bucket with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "PATH_NOT_FOUND" | "STORAGE_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_EXISTS`: There is already a version here.
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_EXISTS" | "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `EXECUTOR_UNAVAILABLE`: What was to run the workers is not installed, or does not answer.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_NOT_FOUND`: There is no model here.
             *     - `MODEL_WRONG_TASK`: The model is for another task, such as detection instead of recognition.
             *     - `RECIPE_INVALID_VALUE`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN_KEY`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "EXECUTOR_UNAVAILABLE" | "INTERNAL" | "MODEL_NOT_FOUND" | "MODEL_WRONG_TASK" | "RECIPE_INVALID_VALUE" | "RECIPE_UNKNOWN" | "RECIPE_UNKNOWN_KEY";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             *     - `TRAIN_UNAVAILABLE`: Something went wrong inside Semblance.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED" | "TRAIN_UNAVAILABLE";
                    };
                };
            };
            /**
             * @description Bad Gateway
             *
             *     - `STORAGE_DENIED`: The object store refuses the credentials, or none were found.
             *     - `STORAGE_UNREACHABLE`: The object store does not answer, or answers with an error.
             */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "STORAGE_DENIED" | "STORAGE_UNREACHABLE";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getTrainingSweep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                /** @description Its number, or a job for its newest. */
                sweep: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        best: ({
                            value: number;
                            /** @description As faces/V0003. */
                            version: string;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        /** @description Milliseconds of the Unix epoch. */
                        createdMs: number;
                        id: number;
                        /** @enum {boolean} */
                        is_success: true;
                        job: string;
                        metric: string | null;
                        mode: ("max" | "min") | null;
                        reason: string;
                        rungs: ({
                            /** @description As epochs=3; empty without halving. */
                            budget: string;
                            size: number;
                            versions: ({
                                state: string;
                                /** @description As faces/V0003. */
                                version: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        } & {
                            [key: string]: unknown;
                        })[];
                        /** @enum {string} */
                        state: "running" | "completed" | "failed" | "stopped";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `SWEEP_NOT_FOUND`: There is no sweep with that number, or the job has none.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "SWEEP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    stopTrainingSweep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                /** @description Its number, or a job for its newest. */
                sweep: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        best: ({
                            value: number;
                            /** @description As faces/V0003. */
                            version: string;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        /** @description Milliseconds of the Unix epoch. */
                        createdMs: number;
                        id: number;
                        /** @enum {boolean} */
                        is_success: true;
                        job: string;
                        metric: string | null;
                        mode: ("max" | "min") | null;
                        reason: string;
                        rungs: ({
                            /** @description As epochs=3; empty without halving. */
                            budget: string;
                            size: number;
                            versions: ({
                                state: string;
                                /** @description As faces/V0003. */
                                version: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        } & {
                            [key: string]: unknown;
                        })[];
                        /** @enum {string} */
                        state: "running" | "completed" | "failed" | "stopped";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `SWEEP_NOT_FOUND`: There is no sweep with that number, or the job has none.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "SWEEP_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listTrainingTasks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        is_success: true;
                        tasks: {
                            /** @description Of an evaluation: the option that names the model. */
                            measures: string | null;
                            /** @description What `parameter` may name besides the parameters of the task. */
                            options: {
                                [key: string]: "input" | "text" | "flag";
                            };
                            required: string[];
                            summary: string;
                            takes_workers: boolean;
                            task: string;
                            trains: ("detection" | "recognition") | null;
                        }[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getTrainingTask: {
        parameters: {
            query?: {
                loss?: string;
                recipe?: string;
            };
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        is_success: true;
                        /** @description Of an evaluation: the option that names the model. */
                        measures: string | null;
                        /** @description What `parameter` may name besides the parameters of the task. */
                        options: {
                            [key: string]: "input" | "text" | "flag";
                        };
                        parameter: {
                            label: string;
                            value: string;
                        }[];
                        required: string[];
                        summary: string;
                        takes_workers: boolean;
                        task: string;
                        trains: ("detection" | "recognition") | null;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `PATH_OUTSIDE_ROOT`: The path leads out of its folder.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `TASK_UNKNOWN`: There is no kind of task with that name.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "PATH_OUTSIDE_ROOT" | "REQUEST_INVALID" | "TASK_UNKNOWN";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `RECIPE_INVALID_VALUE`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN_KEY`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "INTERNAL" | "RECIPE_INVALID_VALUE" | "RECIPE_UNKNOWN" | "RECIPE_UNKNOWN_KEY";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             *     - `TRAIN_UNAVAILABLE`: Something went wrong inside Semblance.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED" | "TRAIN_UNAVAILABLE";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listTrainingJobs: {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                search_content?: string;
            };
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        is_success: true;
                        job_total_count: number;
                        jobs: ({
                            create_time: number;
                            job_desc?: string;
                            job_id: string;
                            job_name: string;
                            /** @enum {string} */
                            state?: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                            version_count: number;
                            version_id?: number;
                            version_name?: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    createTrainingJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    config: {
                        /** @description A template to make it from, in place of a task. */
                        config_name?: string;
                        /** @description Threads of each worker; null for all. */
                        cpus?: number | null;
                        data_url?: string;
                        executor?: string;
                        executor_options?: {
                            [key: string]: string;
                        };
                        gpus?: number;
                        /** @description Further inputs by name. */
                        inputs?: {
                            [key: string]: string;
                        };
                        /** @description Starts from the weights of that version. */
                        is_continued?: boolean;
                        /** @description Goes on from the checkpoint of that version. */
                        is_resumed?: boolean;
                        log_url?: string;
                        /** @description Of all workers; null for no limit. */
                        memory_bytes?: number | null;
                        nice?: number;
                        parameter?: {
                            label: string;
                            value: string;
                        }[];
                        /** @description The version to make it from: its id, name or alias. */
                        pre_version_id?: number | string;
                        /** @description Brings earlier outputs back first. */
                        predownload?: boolean;
                        retries?: number;
                        task?: string;
                        /** @description Longest run; null for no limit. */
                        timeout_seconds?: number | null;
                        train_url?: string;
                        worker_server_num?: number;
                    };
                    job_desc?: string;
                    job_name: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifacts: {
                            path: string;
                            sha256: string;
                            size: number;
                        }[];
                        attempt: number;
                        best_metrics: {
                            [key: string]: {
                                step: number;
                                value: number | null;
                            };
                        };
                        command: string[];
                        cpus: number | null;
                        /** @description Milliseconds since 1970. */
                        create_time: number;
                        data_url: string | null;
                        /** @description Milliseconds. */
                        duration: number;
                        end_time: number | null;
                        executor: string;
                        executor_options: {
                            [key: string]: string;
                        };
                        exit_code: number | null;
                        gpus: number;
                        /** @description Locations by name. */
                        inputs: {
                            [key: string]: string;
                        };
                        is_pinned: boolean;
                        is_starred: boolean;
                        /** @enum {boolean} */
                        is_success: true;
                        job_id: string;
                        job_name: string;
                        log_url: string | null;
                        memory_bytes: number | null;
                        metrics: {
                            [key: string]: number | null;
                        };
                        nice: number;
                        note: string;
                        options: {
                            [key: string]: string;
                        };
                        parameter: {
                            label: string;
                            value: string;
                        }[];
                        pre_version_id: number | null;
                        predownload: boolean;
                        reason: string;
                        retries: number;
                        seeds: {
                            [key: string]: string;
                        };
                        start_time: number | null;
                        /** @enum {string} */
                        state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                        /** @description The platform’s number of the state. */
                        status: number;
                        step: ("prepare" | "work" | "deliver") | null;
                        sweep: {
                            id: number;
                            index: number;
                            rung: number;
                        } | null;
                        tags: string[];
                        task: string;
                        timeout_seconds: number | null;
                        train_url: string | null;
                        /** @description Versions that inputs were taken from, by the name of the input. */
                        uses: {
                            [key: string]: string;
                        };
                        version_desc: string;
                        version_id: number;
                        version_name: string;
                        worker_server_num: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `DATA_INVALID`: The data is not laid out as expected.
             *     - `EXECUTOR_REFUSED`: The executor cannot run the version as it asks for it.
             *     - `EXECUTOR_UNKNOWN`: There is no executor with that name.
             *     - `JOB_CREDENTIAL`: A credential would have been stored with the version, so it was refused.
             *     - `JOB_RESOURCES_UNAVAILABLE`: The version asks for more than this machine or its task can give.
             *     - `PATH_OUTSIDE_ROOT`: The path leads out of its folder.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `STORAGE_URL_INVALID`: The location is neither a path nor a file://, s3:// or obs:// URL.
             *     - `TASK_UNKNOWN`: There is no kind of task with that name.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             *     - `USAGE_MISSING_ARGUMENT`: A required argument is missing.
             *     - `USAGE_UNKNOWN_FLAG`: The command does not have this option.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_INVALID" | "EXECUTOR_REFUSED" | "EXECUTOR_UNKNOWN" | "JOB_CREDENTIAL" | "JOB_RESOURCES_UNAVAILABLE" | "PATH_OUTSIDE_ROOT" | "REQUEST_INVALID" | "STORAGE_URL_INVALID" | "TASK_UNKNOWN" | "USAGE_INVALID_VALUE" | "USAGE_MISSING_ARGUMENT" | "USAGE_UNKNOWN_FLAG";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `PATH_NOT_FOUND`: The file or folder does not exist.
             *     - `STORAGE_NOT_FOUND`: There is no bucket with that name.
             *     - `TEMPLATE_NOT_FOUND`: There is no template with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "PATH_NOT_FOUND" | "STORAGE_NOT_FOUND" | "TEMPLATE_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_EXISTS`: There is already a version here.
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_EXISTS" | "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `EXECUTOR_UNAVAILABLE`: What was to run the workers is not installed, or does not answer.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_NOT_FOUND`: There is no model here.
             *     - `MODEL_WRONG_TASK`: The model is for another task, such as detection instead of recognition.
             *     - `RECIPE_INVALID_VALUE`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN_KEY`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "EXECUTOR_UNAVAILABLE" | "INTERNAL" | "MODEL_NOT_FOUND" | "MODEL_WRONG_TASK" | "RECIPE_INVALID_VALUE" | "RECIPE_UNKNOWN" | "RECIPE_UNKNOWN_KEY";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             *     - `TRAIN_UNAVAILABLE`: Something went wrong inside Semblance.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED" | "TRAIN_UNAVAILABLE";
                    };
                };
            };
            /**
             * @description Bad Gateway
             *
             *     - `STORAGE_DENIED`: The object store refuses the credentials, or none were found.
             *     - `STORAGE_UNREACHABLE`: The object store does not answer, or answers with an error.
             */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "STORAGE_DENIED" | "STORAGE_UNREACHABLE";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listTrainingAliases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases: {
                            name: string;
                            since: number;
                            version_name: string;
                        }[];
                        /** @enum {boolean} */
                        is_success: true;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    setTrainingAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                name: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Its name or id. */
                    version: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifacts: {
                            path: string;
                            sha256: string;
                            size: number;
                        }[];
                        attempt: number;
                        best_metrics: {
                            [key: string]: {
                                step: number;
                                value: number | null;
                            };
                        };
                        command: string[];
                        cpus: number | null;
                        /** @description Milliseconds since 1970. */
                        create_time: number;
                        data_url: string | null;
                        /** @description Milliseconds. */
                        duration: number;
                        end_time: number | null;
                        executor: string;
                        executor_options: {
                            [key: string]: string;
                        };
                        exit_code: number | null;
                        gpus: number;
                        /** @description Locations by name. */
                        inputs: {
                            [key: string]: string;
                        };
                        is_pinned: boolean;
                        is_starred: boolean;
                        /** @enum {boolean} */
                        is_success: true;
                        job_id: string;
                        job_name: string;
                        log_url: string | null;
                        memory_bytes: number | null;
                        metrics: {
                            [key: string]: number | null;
                        };
                        nice: number;
                        note: string;
                        options: {
                            [key: string]: string;
                        };
                        parameter: {
                            label: string;
                            value: string;
                        }[];
                        pre_version_id: number | null;
                        predownload: boolean;
                        reason: string;
                        retries: number;
                        seeds: {
                            [key: string]: string;
                        };
                        start_time: number | null;
                        /** @enum {string} */
                        state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                        /** @description The platform’s number of the state. */
                        status: number;
                        step: ("prepare" | "work" | "deliver") | null;
                        sweep: {
                            id: number;
                            index: number;
                            rung: number;
                        } | null;
                        tags: string[];
                        task: string;
                        timeout_seconds: number | null;
                        train_url: string | null;
                        /** @description Versions that inputs were taken from, by the name of the input. */
                        uses: {
                            [key: string]: string;
                        };
                        version_desc: string;
                        version_id: number;
                        version_name: string;
                        worker_server_num: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    deleteTrainingAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                name: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        is_success: true;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listTrainingVersions: {
        parameters: {
            query?: {
                is_starred?: boolean;
                page?: number;
                per_page?: number;
                state?: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                /** @description Only those with this tag. */
                tag?: string;
            };
            header?: never;
            path: {
                job: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        create_time: number;
                        /** @enum {boolean} */
                        is_success: true;
                        job_desc?: string;
                        job_id: string;
                        job_name: string;
                        /** @enum {string} */
                        state?: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                        version_count: number;
                        version_id?: number;
                        version_name?: string;
                        versions: ({
                            artifacts: {
                                path: string;
                                sha256: string;
                                size: number;
                            }[];
                            attempt: number;
                            best_metrics: {
                                [key: string]: {
                                    step: number;
                                    value: number | null;
                                };
                            };
                            command: string[];
                            cpus: number | null;
                            /** @description Milliseconds since 1970. */
                            create_time: number;
                            data_url: string | null;
                            /** @description Milliseconds. */
                            duration: number;
                            end_time: number | null;
                            executor: string;
                            executor_options: {
                                [key: string]: string;
                            };
                            exit_code: number | null;
                            gpus: number;
                            /** @description Locations by name. */
                            inputs: {
                                [key: string]: string;
                            };
                            is_pinned: boolean;
                            is_starred: boolean;
                            job_name: string;
                            log_url: string | null;
                            memory_bytes: number | null;
                            metrics: {
                                [key: string]: number | null;
                            };
                            nice: number;
                            note: string;
                            options: {
                                [key: string]: string;
                            };
                            parameter: {
                                label: string;
                                value: string;
                            }[];
                            pre_version_id: number | null;
                            predownload: boolean;
                            /** @description How far a running version is, where its metrics tell. */
                            progress: ({
                                etaMs: number | null;
                                share: number;
                                step: number;
                                totalSteps: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            reason: string;
                            retries: number;
                            seeds: {
                                [key: string]: string;
                            };
                            start_time: number | null;
                            /** @enum {string} */
                            state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                            /** @description The platform’s number of the state. */
                            status: number;
                            step: ("prepare" | "work" | "deliver") | null;
                            sweep: {
                                id: number;
                                index: number;
                                rung: number;
                            } | null;
                            tags: string[];
                            task: string;
                            timeout_seconds: number | null;
                            train_url: string | null;
                            /** @description Versions that inputs were taken from, by the name of the input. */
                            uses: {
                                [key: string]: string;
                            };
                            version_desc: string;
                            version_id: number;
                            version_name: string;
                            /** @description Behind what it waits. */
                            waiting: string | null;
                            worker_server_num: number;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    createTrainingVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    config: {
                        /** @description A template to make it from, in place of a task. */
                        config_name?: string;
                        /** @description Threads of each worker; null for all. */
                        cpus?: number | null;
                        data_url?: string;
                        executor?: string;
                        executor_options?: {
                            [key: string]: string;
                        };
                        gpus?: number;
                        /** @description Further inputs by name. */
                        inputs?: {
                            [key: string]: string;
                        };
                        /** @description Starts from the weights of that version. */
                        is_continued?: boolean;
                        /** @description Goes on from the checkpoint of that version. */
                        is_resumed?: boolean;
                        log_url?: string;
                        /** @description Of all workers; null for no limit. */
                        memory_bytes?: number | null;
                        nice?: number;
                        parameter?: {
                            label: string;
                            value: string;
                        }[];
                        /** @description The version to make it from: its id, name or alias. */
                        pre_version_id?: number | string;
                        /** @description Brings earlier outputs back first. */
                        predownload?: boolean;
                        retries?: number;
                        task?: string;
                        /** @description Longest run; null for no limit. */
                        timeout_seconds?: number | null;
                        train_url?: string;
                        worker_server_num?: number;
                    };
                    job_desc?: string;
                    job_name?: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifacts: {
                            path: string;
                            sha256: string;
                            size: number;
                        }[];
                        attempt: number;
                        best_metrics: {
                            [key: string]: {
                                step: number;
                                value: number | null;
                            };
                        };
                        command: string[];
                        cpus: number | null;
                        /** @description Milliseconds since 1970. */
                        create_time: number;
                        data_url: string | null;
                        /** @description Milliseconds. */
                        duration: number;
                        end_time: number | null;
                        executor: string;
                        executor_options: {
                            [key: string]: string;
                        };
                        exit_code: number | null;
                        gpus: number;
                        /** @description Locations by name. */
                        inputs: {
                            [key: string]: string;
                        };
                        is_pinned: boolean;
                        is_starred: boolean;
                        /** @enum {boolean} */
                        is_success: true;
                        job_id: string;
                        job_name: string;
                        log_url: string | null;
                        memory_bytes: number | null;
                        metrics: {
                            [key: string]: number | null;
                        };
                        nice: number;
                        note: string;
                        options: {
                            [key: string]: string;
                        };
                        parameter: {
                            label: string;
                            value: string;
                        }[];
                        pre_version_id: number | null;
                        predownload: boolean;
                        reason: string;
                        retries: number;
                        seeds: {
                            [key: string]: string;
                        };
                        start_time: number | null;
                        /** @enum {string} */
                        state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                        /** @description The platform’s number of the state. */
                        status: number;
                        step: ("prepare" | "work" | "deliver") | null;
                        sweep: {
                            id: number;
                            index: number;
                            rung: number;
                        } | null;
                        tags: string[];
                        task: string;
                        timeout_seconds: number | null;
                        train_url: string | null;
                        /** @description Versions that inputs were taken from, by the name of the input. */
                        uses: {
                            [key: string]: string;
                        };
                        version_desc: string;
                        version_id: number;
                        version_name: string;
                        worker_server_num: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `DATA_INVALID`: The data is not laid out as expected.
             *     - `EXECUTOR_REFUSED`: The executor cannot run the version as it asks for it.
             *     - `EXECUTOR_UNKNOWN`: There is no executor with that name.
             *     - `JOB_CREDENTIAL`: A credential would have been stored with the version, so it was refused.
             *     - `JOB_RESOURCES_UNAVAILABLE`: The version asks for more than this machine or its task can give.
             *     - `PATH_OUTSIDE_ROOT`: The path leads out of its folder.
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `STORAGE_URL_INVALID`: The location is neither a path nor a file://, s3:// or obs:// URL.
             *     - `TASK_UNKNOWN`: There is no kind of task with that name.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             *     - `USAGE_MISSING_ARGUMENT`: A required argument is missing.
             *     - `USAGE_UNKNOWN_FLAG`: The command does not have this option.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_INVALID" | "EXECUTOR_REFUSED" | "EXECUTOR_UNKNOWN" | "JOB_CREDENTIAL" | "JOB_RESOURCES_UNAVAILABLE" | "PATH_OUTSIDE_ROOT" | "REQUEST_INVALID" | "STORAGE_URL_INVALID" | "TASK_UNKNOWN" | "USAGE_INVALID_VALUE" | "USAGE_MISSING_ARGUMENT" | "USAGE_UNKNOWN_FLAG";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `CHECKPOINT_NOT_FOUND`: Something went wrong inside Semblance.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `PATH_NOT_FOUND`: The file or folder does not exist.
             *     - `STORAGE_NOT_FOUND`: There is no bucket with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "CHECKPOINT_NOT_FOUND" | "JOB_NOT_FOUND" | "PATH_NOT_FOUND" | "STORAGE_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_EXISTS`: There is already a version here.
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_EXISTS" | "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `EXECUTOR_UNAVAILABLE`: What was to run the workers is not installed, or does not answer.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_NOT_FOUND`: There is no model here.
             *     - `MODEL_WRONG_TASK`: The model is for another task, such as detection instead of recognition.
             *     - `RECIPE_INVALID_VALUE`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN`: Something went wrong inside Semblance.
             *     - `RECIPE_UNKNOWN_KEY`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "EXECUTOR_UNAVAILABLE" | "INTERNAL" | "MODEL_NOT_FOUND" | "MODEL_WRONG_TASK" | "RECIPE_INVALID_VALUE" | "RECIPE_UNKNOWN" | "RECIPE_UNKNOWN_KEY";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             *     - `TRAIN_UNAVAILABLE`: Something went wrong inside Semblance.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED" | "TRAIN_UNAVAILABLE";
                    };
                };
            };
            /**
             * @description Bad Gateway
             *
             *     - `STORAGE_DENIED`: The object store refuses the credentials, or none were found.
             *     - `STORAGE_UNREACHABLE`: The object store does not answer, or answers with an error.
             */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "STORAGE_DENIED" | "STORAGE_UNREACHABLE";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getTrainingVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases: string[];
                        artifacts: {
                            path: string;
                            sha256: string;
                            size: number;
                        }[];
                        attempt: number;
                        best_metrics: {
                            [key: string]: {
                                step: number;
                                value: number | null;
                            };
                        };
                        code: ({
                            commit: string | null;
                            isDirty: boolean;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        command: string[];
                        cpus: number | null;
                        /** @description Milliseconds since 1970. */
                        create_time: number;
                        data: ({
                            fingerprint: string;
                            location: string;
                            name: string;
                            numFiles: number;
                        } & {
                            [key: string]: unknown;
                        })[];
                        data_url: string | null;
                        /** @description Milliseconds. */
                        duration: number;
                        end_time: number | null;
                        environment: ({
                            cores: number;
                            host: string;
                            os: string;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        executor: string;
                        executor_options: {
                            [key: string]: string;
                        };
                        exit_code: number | null;
                        gpus: number;
                        hint: {
                            cause: string;
                            fix: string;
                        } | null;
                        /** @description Locations by name. */
                        inputs: {
                            [key: string]: string;
                        };
                        is_pinned: boolean;
                        is_starred: boolean;
                        /** @enum {boolean} */
                        is_success: true;
                        job_id: string;
                        job_name: string;
                        log_url: string | null;
                        memory_bytes: number | null;
                        metrics: {
                            [key: string]: number | null;
                        };
                        nice: number;
                        note: string;
                        options: {
                            [key: string]: string;
                        };
                        parameter: {
                            label: string;
                            value: string;
                        }[];
                        pre_version_id: number | null;
                        predownload: boolean;
                        /** @description How far a running version is, where its metrics tell. */
                        progress: ({
                            etaMs: number | null;
                            share: number;
                            step: number;
                            totalSteps: number;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        reason: string;
                        records: {
                            /** @enum {string} */
                            kind: "evaluation" | "deployment";
                            text: string;
                            time: number;
                        }[];
                        retries: number;
                        seeds: {
                            [key: string]: string;
                        };
                        start_time: number | null;
                        /** @enum {string} */
                        state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                        /** @description The platform’s number of the state. */
                        status: number;
                        step: ("prepare" | "work" | "deliver") | null;
                        sweep: {
                            id: number;
                            index: number;
                            rung: number;
                        } | null;
                        tags: string[];
                        task: string;
                        timeout_seconds: number | null;
                        train_url: string | null;
                        used_by: string[];
                        /** @description Versions that inputs were taken from, by the name of the input. */
                        uses: {
                            [key: string]: string;
                        };
                        version_desc: string;
                        version_id: number;
                        version_name: string;
                        /** @description Behind what it waits. */
                        waiting: string | null;
                        worker_server_num: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    updateTrainingVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    add_tags?: string[];
                    is_pinned?: boolean;
                    is_starred?: boolean;
                    note?: string;
                    remove_tags?: string[];
                    version_desc?: string;
                };
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifacts: {
                            path: string;
                            sha256: string;
                            size: number;
                        }[];
                        attempt: number;
                        best_metrics: {
                            [key: string]: {
                                step: number;
                                value: number | null;
                            };
                        };
                        command: string[];
                        cpus: number | null;
                        /** @description Milliseconds since 1970. */
                        create_time: number;
                        data_url: string | null;
                        /** @description Milliseconds. */
                        duration: number;
                        end_time: number | null;
                        executor: string;
                        executor_options: {
                            [key: string]: string;
                        };
                        exit_code: number | null;
                        gpus: number;
                        /** @description Locations by name. */
                        inputs: {
                            [key: string]: string;
                        };
                        is_pinned: boolean;
                        is_starred: boolean;
                        /** @enum {boolean} */
                        is_success: true;
                        job_id: string;
                        job_name: string;
                        log_url: string | null;
                        memory_bytes: number | null;
                        metrics: {
                            [key: string]: number | null;
                        };
                        nice: number;
                        note: string;
                        options: {
                            [key: string]: string;
                        };
                        parameter: {
                            label: string;
                            value: string;
                        }[];
                        pre_version_id: number | null;
                        predownload: boolean;
                        reason: string;
                        retries: number;
                        seeds: {
                            [key: string]: string;
                        };
                        start_time: number | null;
                        /** @enum {string} */
                        state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                        /** @description The platform’s number of the state. */
                        status: number;
                        step: ("prepare" | "work" | "deliver") | null;
                        sweep: {
                            id: number;
                            index: number;
                            rung: number;
                        } | null;
                        tags: string[];
                        task: string;
                        timeout_seconds: number | null;
                        train_url: string | null;
                        /** @description Versions that inputs were taken from, by the name of the input. */
                        uses: {
                            [key: string]: string;
                        };
                        version_desc: string;
                        version_id: number;
                        version_name: string;
                        worker_server_num: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    deleteTrainingVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        is_success: true;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getTrainingArtifact: {
        parameters: {
            query: {
                /** @description One of the artifacts of the version. */
                path: string;
            };
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Blob;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `PATH_NOT_FOUND`: The file or folder does not exist.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "PATH_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `STORAGE_CORRUPT`: A file or object does not match its checksum.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL" | "STORAGE_CORRUPT";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getTrainingCurves: {
        parameters: {
            query?: {
                /** @description Only these, separated by commas. */
                names?: string;
            };
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        curves: {
                            [key: string]: number[][];
                        };
                        /** @enum {boolean} */
                        is_success: true;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listTrainingEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: ({
                            atMs: number;
                            from: string | null;
                            reason: string;
                            to: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        /** @enum {boolean} */
                        is_success: true;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    listTrainingLogFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        is_success: boolean;
                        log_file_list: string[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getTrainingLog: {
        parameters: {
            query?: {
                base_line?: number;
                keyword?: string;
                lines?: number;
                order?: "asc" | "desc";
                /** @description The worker whose log it is. */
                worker?: number;
            };
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content: string;
                        end_line: number;
                        is_success: boolean;
                        lines: number;
                        start_line: number;
                        total_lines: number;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `LOG_NOT_FOUND`: The version has no log for that worker.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "LOG_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    streamTrainingLog: {
        parameters: {
            query?: {
                /** @description The worker whose log it is. */
                worker?: number;
            };
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events until the version ends. The schema is that of each event; `data` is sent as JSON. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LogEvent"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `LOG_NOT_FOUND`: The version has no log for that worker.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "LOG_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    streamTrainingMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events until the version ends. The schema is that of each event; `data` is sent as JSON. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["MetricEvent"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    resumeTrainingVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Longest run; null for no limit. */
                    timeout_seconds?: number | null;
                } | null;
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifacts: {
                            path: string;
                            sha256: string;
                            size: number;
                        }[];
                        attempt: number;
                        best_metrics: {
                            [key: string]: {
                                step: number;
                                value: number | null;
                            };
                        };
                        command: string[];
                        cpus: number | null;
                        /** @description Milliseconds since 1970. */
                        create_time: number;
                        data_url: string | null;
                        /** @description Milliseconds. */
                        duration: number;
                        end_time: number | null;
                        executor: string;
                        executor_options: {
                            [key: string]: string;
                        };
                        exit_code: number | null;
                        gpus: number;
                        /** @description Locations by name. */
                        inputs: {
                            [key: string]: string;
                        };
                        is_pinned: boolean;
                        is_starred: boolean;
                        /** @enum {boolean} */
                        is_success: true;
                        job_id: string;
                        job_name: string;
                        log_url: string | null;
                        memory_bytes: number | null;
                        metrics: {
                            [key: string]: number | null;
                        };
                        nice: number;
                        note: string;
                        options: {
                            [key: string]: string;
                        };
                        parameter: {
                            label: string;
                            value: string;
                        }[];
                        pre_version_id: number | null;
                        predownload: boolean;
                        reason: string;
                        retries: number;
                        seeds: {
                            [key: string]: string;
                        };
                        start_time: number | null;
                        /** @enum {string} */
                        state: "creating" | "pending" | "running" | "completed" | "failed" | "stopped" | "lost";
                        /** @description The platform’s number of the state. */
                        status: number;
                        step: ("prepare" | "work" | "deliver") | null;
                        sweep: {
                            id: number;
                            index: number;
                            rung: number;
                        } | null;
                        tags: string[];
                        task: string;
                        timeout_seconds: number | null;
                        train_url: string | null;
                        /** @description Versions that inputs were taken from, by the name of the input. */
                        uses: {
                            [key: string]: string;
                        };
                        version_desc: string;
                        version_id: number;
                        version_name: string;
                        worker_server_num: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             *     - `USAGE_INVALID_VALUE`: An argument has a value that is not allowed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID" | "USAGE_INVALID_VALUE";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TYPE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    stopTrainingVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        is_success: true;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN" | "SESSION_TOKEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `VERSION_WRONG_STATE`: The version is in a state that does not allow this.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "VERSION_WRONG_STATE";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getTrainingSystem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
                project: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        is_success: true;
                        samples: ({
                            atMs: number;
                            cpu: number | null;
                            memoryBytes: number;
                            numProcesses: number;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_INVALID";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_INVALID" | "KEY_MISSING" | "SESSION_ENDED";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `KEY_FORBIDDEN`: The role of the API key does not allow this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "KEY_FORBIDDEN";
                    };
                };
            };
            /**
             * @description Not Found
             *
             *     - `ALIAS_NOT_FOUND`: The job has no alias with that name.
             *     - `JOB_NOT_FOUND`: There is no job with that name.
             *     - `VERSION_NOT_FOUND`: The job has no such version.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "ALIAS_NOT_FOUND" | "JOB_NOT_FOUND" | "VERSION_NOT_FOUND";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "REQUEST_TOO_LARGE";
                    };
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "RATE_LIMITED";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `DATA_CORRUPT`: A data file is damaged or cut short.
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "DATA_CORRUPT" | "INTERNAL";
                    };
                };
            };
            /**
             * @description Not Implemented
             *
             *     - `JOBS_UNSUPPORTED`: Jobs do not run on this system.
             */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOBS_UNSUPPORTED";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `JOB_STORE_BUSY`: Another process is using the job store.
             *     - `JOB_STORE_UNREACHABLE`: The database of the job store does not answer.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobError"] & {
                        /** @enum {string} */
                        error_code?: "JOB_STORE_BUSY" | "JOB_STORE_UNREACHABLE" | "SHUTTING_DOWN";
                    };
                };
            };
        };
    };
    getInferenceServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        extensions: string[];
                        name: string;
                        version: string;
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
        };
    };
    checkInferenceLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        live: boolean;
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
        };
    };
    checkInferenceReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `NOT_READY`: A part of the service does not work; its log says which.
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `STORAGE_FAILED`: The disk reports an error.
             *     - `STORAGE_FULL`: There is no room left on the disk.
             *     - `STORAGE_READ_ONLY`: The disk or folder can only be read.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        inputs: components["schemas"]["TensorPlace"][];
                        name: string;
                        outputs: components["schemas"]["TensorPlace"][];
                        platform: string;
                        versions: string[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Not Found
             *
             *     - `ROUTE_NOT_FOUND`: There is no such route.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
        };
    };
    inferModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    inputs: components["schemas"]["GivenTensorInput"][];
                    outputs?: {
                        name: string;
                        parameters?: {
                            binary_data?: boolean;
                        };
                    }[];
                    parameters?: {
                        binary_data_output?: boolean;
                    };
                };
                "application/octet-stream": Blob;
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string;
                        model_name: string;
                        model_version: string;
                        outputs: components["schemas"]["Tensor"][];
                    };
                    "application/octet-stream": Blob;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Not Found
             *
             *     - `ROUTE_NOT_FOUND`: There is no such route.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
        };
    };
    checkModelReady: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        ready: boolean;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Not Found
             *
             *     - `ROUTE_NOT_FOUND`: There is no such route.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
        };
    };
    getModelVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        inputs: components["schemas"]["TensorPlace"][];
                        name: string;
                        outputs: components["schemas"]["TensorPlace"][];
                        platform: string;
                        versions: string[];
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Not Found
             *
             *     - `ROUTE_NOT_FOUND`: There is no such route.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
        };
    };
    inferModelVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    inputs: components["schemas"]["GivenTensorInput"][];
                    outputs?: {
                        name: string;
                        parameters?: {
                            binary_data?: boolean;
                        };
                    }[];
                    parameters?: {
                        binary_data_output?: boolean;
                    };
                };
                "application/octet-stream": Blob;
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string;
                        model_name: string;
                        model_version: string;
                        outputs: components["schemas"]["Tensor"][];
                    };
                    "application/octet-stream": Blob;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Forbidden
             *
             *     - `SESSION_TOKEN`: The request does not carry the token of its session.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Not Found
             *
             *     - `ROUTE_NOT_FOUND`: There is no such route.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unsupported Media Type
             *
             *     - `REQUEST_TYPE`: The content type of the request is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `REQUEST_TOO_COSTLY`: The request took more work than allowed, and was stopped.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             *     - `MODEL_INVALID`: The model file cannot be loaded.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `OVERLOADED`: The service is busy; try again in a moment.
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             *     - `WORKER_LOST`: A thread or process that did the work has ended before it was done.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
        };
    };
    checkModelVersionReady: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        ready: boolean;
                    };
                };
            };
            /**
             * @description Bad Request
             *
             *     - `REQUEST_INVALID`: The request does not match the schema of its route.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `KEY_INVALID`: The API key is unknown, damaged or revoked.
             *     - `KEY_MISSING`: The request has no API key.
             *     - `SESSION_ENDED`: The session is over; sign in again.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Not Found
             *
             *     - `ROUTE_NOT_FOUND`: There is no such route.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `REQUEST_TOO_LARGE`: The request is larger than allowed.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `RATE_LIMITED`: The key has sent too many requests; try again later.
             */
            429: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `INTERNAL`: Something went wrong inside Semblance.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `SHUTTING_DOWN`: The service is shutting down and takes no new requests.
             */
            503: {
                headers: {
                    /** @description Seconds after which it is worth trying again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceError"];
                };
            };
        };
    };
}
