//! The operator as bytes, for schedulers and executors.

use std::sync::Arc;

use ballista_core::serde::BallistaPhysicalExtensionCodec;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::TaskContext;
use datafusion::physical_plan::ExecutionPlan;
use datafusion_proto::physical_plan::{PhysicalExtensionCodec, PhysicalProtoConverterExtension};
use serde::{Deserialize, Serialize};

use crate::operator::ShardExec;
use crate::work::Operation;

/// What the bytes of our operator begin with; those of Ballista's own are protobuf, which never does.
const MARK: &[u8] = b"xunzhang\0";

/// Knows our operator beside those of Ballista.
#[derive(Debug, Default)]
pub struct ShardCodec(BallistaPhysicalExtensionCodec);

#[derive(Serialize, Deserialize)]
struct Encoded {
    operation: Operation,
    columns: Option<Vec<usize>>,
}

fn external(error: serde_json::Error) -> DataFusionError {
    DataFusionError::External(error.into())
}

impl PhysicalExtensionCodec for ShardCodec {
    fn try_decode(
        &self,
        bytes: &[u8],
        inputs: &[Arc<dyn ExecutionPlan>],
        context: &TaskContext,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let Some(ours) = bytes.strip_prefix(MARK) else {
            return self.0.try_decode(bytes, inputs, context, converter);
        };
        let Encoded { operation, columns } = serde_json::from_slice(ours).map_err(external)?;
        let [input] = inputs else {
            let problem = "the operator on shards has one input".to_owned();
            return Err(DataFusionError::Internal(problem));
        };
        let exec = ShardExec::new(Arc::new(operation), columns, Arc::clone(input))?;
        Ok(Arc::new(exec))
    }

    fn try_encode(
        &self,
        node: Arc<dyn ExecutionPlan>,
        bytes: &mut Vec<u8>,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<()> {
        let Some(ours) = node.downcast_ref::<ShardExec>() else {
            return self.0.try_encode(node, bytes, converter);
        };
        let encoded = Encoded {
            operation: ours.operation().clone(),
            columns: ours.columns().map(<[usize]>::to_vec),
        };
        bytes.extend_from_slice(MARK);
        bytes.extend(serde_json::to_vec(&encoded).map_err(external)?);
        Ok(())
    }
}
