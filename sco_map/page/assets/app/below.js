// Made from web/ by make web; sources 76b4ce8318e611f64551516e902ba0f6d11cf85e155852d09ee2909b59e5a3df
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
