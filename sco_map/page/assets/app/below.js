// Made from web/ by make web; sources 56a4ba1fc35a9d490c4474fdb25892c60db97f30a9c993e2ce58aa2e61d90efd
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
