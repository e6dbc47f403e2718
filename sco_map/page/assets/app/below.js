// Made from web/ by make web; sources 0343eda63579180d1f6bb031ce77ca67be453b344aac98240e83000774a6d3de
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
